package dev.berth.cli.log;

import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where logs come from. The caller closes what it is given. */
public final class LogSources {
    private LogSources() {}

    /** A file, whatever it is called; one packed by gzip is unpacked. */
    public static InputStream open(Path file) throws HostReadException {
        try {
            if (Files.isDirectory(file)) { // Windows denies access to one, as to a file that belongs to others
                throw new HostReadException(
                        Kind.BAD_INPUT,
                        "cannot read " + file,
                        "it is a directory",
                        "name a file in it: berth explain FILE");
            }
            InputStream in = Files.newInputStream(file);
            try {
                return Packing.undone(in, file.toString());
            } catch (HostReadException | IOException e) {
                in.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "cannot read " + file,
                    "there is no such file",
                    "name the file of a log, or - for what is piped in");
        } catch (AccessDeniedException e) {
            throw new HostReadException(
                    Kind.NOT_PERMITTED,
                    "cannot read " + file,
                    "this user may not read it",
                    "run as its owner, or as root: sudo berth explain " + file);
        } catch (IOException e) {
            throw new HostReadException(
                    Kind.BAD_INPUT, "cannot read " + file, String.valueOf(e.getMessage()), "name the file of a log");
        }
    }

    /** What is piped in; if packed by gzip it is unpacked. */
    public static InputStream piped(InputStream in) throws HostReadException, IOException {
        return Packing.undone(in, "standard input");
    }

    /**
     * What a unit of systemd has written, as far as the journal has it.
     *
     * @param since what was written before is left out
     */
    public static InputStream journal(String unit, @Nullable Instant since) throws HostReadException {
        return Journal.open(Journal.PROGRAM, unit, since, null);
    }

    /**
     * The same, and what it goes on to write.
     *
     * @param pause waits so long, or less when it is time to stop, and not at all while there is more; says whether to stop
     */
    public static InputStream journal(String unit, @Nullable Instant since, Predicate<Duration> pause)
            throws HostReadException {
        return Journal.open(Journal.PROGRAM, unit, since, new Patience(pause));
    }
}
