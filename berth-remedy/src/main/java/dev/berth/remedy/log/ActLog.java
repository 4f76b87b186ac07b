package dev.berth.remedy.log;

import dev.berth.platform.ActOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code acts.jsonl}: before an act a line that says what is about to be done, after it a line that says how it went. Acts
 * may share a write; each is on the disk before anything else happens, so a {@code begun} without its {@code ended} tells of an act that may or may
 * not have been done. Lines are only added. docs/free.md describes them.
 */
public final class ActLog implements AutoCloseable {
    private final LineFile file;
    private final LogLine lines;

    private ActLog(LineFile file, LogLine lines) {
        this.file = file;
        this.lines = lines;
    }

    /** The log in {@code folder}. */
    public static Path file(Path folder) {
        return folder.resolve("acts.jsonl");
    }

    /**
     * Opens the log in {@code folder}; makes both where they are missing, for their owner only.
     *
     * @throws IOException when nothing can be written there: then nothing may be done either
     */
    public static ActLog open(Path folder, Actor actor, InstantSource clock) throws IOException {
        LineFile file = LineFile.open(file(folder));
        try {
            file.endTornLine();
            return new ActLog(file, new LogLine(actor, clock));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Where the lines go. */
    public Path file() {
        return file.file();
    }

    /**
     * Says what is about to be done. On the disk when this returns.
     *
     * @return what names each act in the line that ends it, in the same order
     */
    public List<String> begin(List<? extends Act> acts, Purpose purpose) throws IOException {
        var ids = new ArrayList<String>(acts.size());
        var text = new ByteArrayOutputStream();
        for (Act act : acts) {
            String id = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
            ids.add(id);
            text.writeBytes(lines.begun(id, act, purpose));
        }
        file.append(text.toByteArray());
        return ids;
    }

    /** Says how they went, each act by its name and in the order of their outcomes. On the disk when this returns. */
    public void end(List<String> ids, List<ActOutcome> outcomes) throws IOException {
        var text = new ByteArrayOutputStream();
        for (int i = 0; i < ids.size(); i++) {
            text.writeBytes(lines.ended(ids.get(i), outcomes.get(i)));
        }
        file.append(text.toByteArray());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
