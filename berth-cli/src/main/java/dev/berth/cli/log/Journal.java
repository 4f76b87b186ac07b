package dev.berth.cli.log;

import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a unit has written to systemd's journal, as lines of text ({@link JournalRecord}). Runs journalctl(1). */
final class Journal extends BlockStream {
    static final String PROGRAM = "journalctl";

    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_.@\\\\][A-Za-z0-9:_.@\\\\-]{0,254}");
    private static final int LONGEST_RECORD = 4 * 1024 * 1024; // bytes; of a longer one the rest is passed over
    private static final int MOST_COMPLAINTS = 4_096;
    private static final int FIRST_PAUSES = 5; // in which a complaint arrives, if there is one

    private final String unit;
    private final Process process;
    private final BufferedInputStream records;
    private final CompletableFuture<String> complaints;
    private final @Nullable Patience patience; // null: to the end of what there is
    private byte[] text = {};
    private int taken;
    private boolean begun;
    private boolean ended;
    private long unreadable;

    private Journal(String unit, Process process, @Nullable Patience patience) {
        this.unit = unit;
        this.process = process;
        this.patience = patience;
        records = new BufferedInputStream(process.getInputStream(), 64 * 1024);
        complaints = CompletableFuture.supplyAsync(
                this::readComplaints, task -> Thread.ofVirtual().start(task));
    }

    /**
     * @param program journalctl, or what stands in for it
     * @param patience waits for more when all has been read; null to end then
     */
    static Journal open(String program, String unit, @Nullable Instant since, @Nullable Patience patience)
            throws HostReadException {
        if (!UNIT.matcher(unit).matches()) {
            throw new HostReadException(
                    Kind.BAD_INPUT, cannotRead(unit), "that is no name of a unit", "systemctl list-units lists them");
        }
        var command = new ArrayList<>(List.of(program, "-o", "json", "--no-pager", "--all", "-u", unit));
        if (since != null) {
            command.add("--since=@" + since.getEpochSecond());
        }
        if (patience != null) {
            command.addAll(List.of("-f", "--no-tail"));
        }
        var journal = new Journal(unit, start(command, unit), patience);
        try {
            journal.begin();
            journal.begun = true;
            return journal;
        } catch (HostReadException e) {
            journal.close();
            throw e;
        } catch (IOException e) {
            journal.close();
            throw journal.failed(String.valueOf(e.getMessage()));
        }
    }

    private static Process start(List<String> command, String unit) throws HostReadException {
        var builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C"); // so that its complaints are known
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new HostReadException(
                    Kind.NOT_ON_THIS_SYSTEM,
                    cannotRead(unit),
                    "journalctl cannot be started here: " + e.getMessage(),
                    "name the file of the log instead: berth explain FILE");
        }
    }

    private static String cannotRead(String unit) {
        return "cannot read the journal of " + unit;
    }

    /** Waits for the first record, or for journalctl to say why there is none; when following, not for ever. */
    private void begin() throws HostReadException, IOException {
        if (patience != null) {
            for (int i = 0; i < FIRST_PAUSES; i++) {
                if (records.available() > 0 || !process.isAlive() || !patience.goOn()) {
                    break;
                }
            }
            if (records.available() > 0 || process.isAlive()) {
                return;
            }
        }
        if (!next()) {
            String complaint = complaints.join();
            if (complaint.contains("insufficient permissions")) {
                throw new HostReadException(
                        Kind.NOT_PERMITTED,
                        cannotRead(unit),
                        complaint,
                        "sudo berth explain --journal " + unit + ", or as a member of the group systemd-journal");
            }
            if (status() != 0) {
                throw failed(complaint.isEmpty() ? "journalctl ended with status " + status() : complaint);
            }
        }
    }

    private HostReadException failed(String why) {
        return new HostReadException(
                Kind.BAD_INPUT, cannotRead(unit), why, "see what it says itself: journalctl -u " + unit);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (taken == text.length) {
            if (ended || !arrives() || !next()) {
                return -1;
            }
        }
        int count = Math.min(length, text.length - taken);
        System.arraycopy(text, taken, into, offset, count);
        taken += count;
        return count;
    }

    /** Waits for more, or for the end. @return whether to go on */
    private boolean arrives() throws IOException {
        if (patience != null) {
            while (records.available() == 0 && process.isAlive()) {
                if (!patience.goOn()) {
                    return false;
                }
            }
            patience.stir();
            return !patience.stopped();
        }
        return true;
    }

    /** Makes text of the next record. @return false where there is none */
    private boolean next() throws IOException {
        while (true) {
            byte[] record = record();
            if (record == null) {
                ended = true;
                if (begun && status() != 0) {
                    brokenOff("journalctl ended with status " + status() + ": " + complaints.join());
                }
                return false;
            }
            if (record.length > 0 && record[0] == '{') { // what else it prints is for people, such as -- No entries --
                byte[] lines = JournalRecord.text(record);
                if (lines != null) {
                    text = lines;
                    taken = 0;
                    return true;
                }
                unreadable++;
            }
        }
    }

    /** What was read counts; but one that was to be followed for ever is lost, unless Ctrl-C ended both. */
    private void brokenOff(String why) throws IOException {
        if (patience == null) {
            throw new EOFException(why);
        }
        if (patience.goOn()) {
            throw new IOException(why);
        }
    }

    private byte @Nullable [] record() throws IOException {
        var line = new ByteArrayOutputStream();
        int next = records.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() < LONGEST_RECORD) {
                line.write(next);
            }
            next = records.read();
        }
        return line.toByteArray();
    }

    private int status() throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String readComplaints() {
        try (InputStream errors = process.getErrorStream()) {
            String said = new String(errors.readNBytes(MOST_COMPLAINTS), StandardCharsets.UTF_8);
            errors.transferTo(java.io.OutputStream.nullOutputStream());
            return said.strip().replaceAll("\\s*\n\\s*", "; ");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What could not be read, so far. */
    List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        if (unreadable > 0) {
            gaps.add(new Gap(
                    unreadable + (unreadable == 1 ? " record" : " records") + " of the journal",
                    "they are no JSON that could be read, or longer than 4 MiB"));
        }
        String complaint = complaints.getNow("");
        if (complaint.contains("You are currently not seeing")) { // systemd, src/journal: journal_access_check_and_warn
            gaps.add(new Gap("what the journal keeps from this user", complaint));
        }
        return gaps;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
