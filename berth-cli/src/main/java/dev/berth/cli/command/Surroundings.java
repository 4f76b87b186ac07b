package dev.berth.cli.command;

import dev.berth.platform.HostProvider;
import dev.berth.platform.Hosts;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
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
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.getenv(),
                here);
    }
}
