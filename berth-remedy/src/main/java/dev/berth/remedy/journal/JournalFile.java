package dev.berth.remedy.journal;

import dev.berth.remedy.log.LineFile;
import java.io.Closeable;
import java.io.IOException;

/** The lines of a journal on the disk, whole lines only, and the lock of whoever writes them. */
final class JournalFile implements Closeable {
    private final LineFile file;
    private final Journal.Disk disk;
    private final ChangeLock lock;
    private long whole;
    private boolean torn;

    /** @param whole how many bytes of it are whole lines */
    JournalFile(LineFile file, Journal.Disk disk, ChangeLock lock, long whole) {
        this.file = file;
        this.disk = disk;
        this.lock = lock;
        this.whole = whole;
    }

    /** Leaves word for whoever finds it locked. */
    void note(String who) throws JournalException {
        lock.note(who);
    }

    void add(byte[] line) throws JournalException {
        try {
            cutTorn();
            torn = true;
            disk.append(file, line);
            torn = false;
            whole += line.length;
        } catch (IOException e) {
            try {
                cutTorn();
            } catch (IOException again) {
                e.addSuppressed(again); // tried once more before the next line, and when it is opened
            }
            throw Journal.inaccessible(file.file(), e);
        }
    }

    /** Takes away what is left of a line that could not be written whole, for the next one must not follow it. */
    private void cutTorn() throws IOException {
        if (torn) {
            file.cut(whole);
            torn = false;
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            file.close();
        }
    }
}
