package dev.berth.cli.command;

import dev.berth.cli.screen.LookAlikes;
import dev.berth.platform.HostProvider;
import dev.berth.platform.Hosts;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run finds around it: the streams, the environment, the machine. A test brings its own.
 *
 * @param here the system this process runs on, or null where Berth knows none
 */
public record Surroundings(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Map<String, String> environment,
        @Nullable HostProvider here) {
    /** Those of this process. The streams are raw: a PrintStream would swallow a full disk. */
    public static Surroundings ofThisProcess() {
        HostProvider here = Hosts.here();
        if (here != null) {
            here.warmUp();
        }
        var out = new FileOutputStream(FileDescriptor.out);
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                here != null && here.isPipe(1) ? new PipeOutput(out) : out,
                new FileOutputStream(FileDescriptor.err),
                environment(here),
                here);
    }

    /** Windows calls the same variable PATH or Path. */
    private static Map<String, String> environment(@Nullable HostProvider here) {
        if (here == null || !here.system().equals("windows")) {
            return System.getenv();
        }
        var environment = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        environment.putAll(System.getenv());
        return environment;
    }

    /** Writes text to standard output, in the letters of what is behind it. */
    void print(String text) throws IOException {
        write(1, out, text);
    }

    /** Writes text to standard error, in the letters of what is behind it. */
    public void complain(String text) throws IOException {
        write(2, err, text);
    }

    private void write(int descriptor, OutputStream stream, String text) throws IOException {
        Charset letters = here == null ? StandardCharsets.UTF_8 : here.letters(descriptor);
        boolean all = letters.equals(StandardCharsets.UTF_8);
        stream.write(all ? text.getBytes(letters) : LookAlikes.in(text, letters).getBytes(letters));
        stream.flush();
    }
}
