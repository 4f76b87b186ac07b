package dev.berth.launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A network stack of its own, and an {@code /etc/sysctl.d} of its own that is empty at first: what Berth changes is in here. */
final class Sandbox implements Closeable {
    private static final String SETTINGS = "/proc/sys/net/ipv4/";

    private final Process holder;

    private Sandbox(Process holder) {
        this.holder = holder;
    }

    /** Skips the test, visibly, where there can be none. */
    static Sandbox open() throws Exception {
        assumeTrue(
                System.getProperty("os.name").equals("Linux") && "root".equals(System.getProperty("user.name")),
                "namespaces of one's own take Linux and root");
        var command = "ip link set lo up && mount -t tmpfs -o mode=755 none /etc/sysctl.d && echo up && exec cat";
        Process holder = new ProcessBuilder("unshare", "-n", "-m", "sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var first = holder.inputReader().readLine();
        assumeTrue("up".equals(first), "unshare -n -m and mount are not permitted here");
        return new Sandbox(holder);
    }

    /** The words that make the command after them run in here. */
    List<String> within() {
        return List.of("nsenter", "--target", String.valueOf(holder.pid()), "--net", "--mount");
    }

    /** Runs a shell command in here. */
    String shell(String command) throws IOException, InterruptedException {
        var words = new ArrayList<>(within());
        words.addAll(List.of("sh", "-c", command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.outputWriter().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    /** Puts one setting of IPv4 in force. */
    void set(String name, String value) throws IOException, InterruptedException {
        shell("echo '" + value + "' > " + SETTINGS + name);
    }

    /** No file says anything of any setting. */
    void withoutFiles() throws IOException, InterruptedException {
        shell("find /etc/sysctl.d -mindepth 1 -delete");
    }

    void file(String name, String text) throws IOException, InterruptedException {
        shell("echo '" + text + "' > /etc/sysctl.d/" + name);
    }

    /** All that Berth may change here: the settings in force, and every file there is, by its path. */
    Map<String, String> state() throws IOException, InterruptedException {
        var state = new TreeMap<String, String>();
        String said =
                shell("cd " + SETTINGS + " && grep -H '' ip_local_reserved_ports ip_local_port_range tcp_tw_reuse;"
                        + " find /etc/sysctl.d -mindepth 1 -exec grep -H '' {} +; find /etc/sysctl.d -mindepth 1");
        for (String line : said.lines().toList()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            state.merge(name, colon < 0 ? "" : line.substring(colon + 1) + "\n", String::concat);
        }
        return state;
    }

    @Override
    public void close() throws IOException {
        holder.outputWriter().close();
        holder.destroy();
    }
}
