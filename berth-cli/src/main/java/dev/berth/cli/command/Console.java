package dev.berth.cli.command;

import dev.berth.cli.screen.Escaped;
import dev.berth.cli.screen.Ink;
import dev.berth.cli.screen.Page;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Hosts;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where one command reads and writes, as its common options say. */
public final class Console implements AutoCloseable {
    private static final int DRAIN_AT = 32 * 1024;

    private final Surroundings surroundings;
    private final Arguments arguments;
    private final StringBuilder text = new StringBuilder();
    private final List<HostNetwork> open = new ArrayList<>();
    private @Nullable Capture capture;
    private @Nullable String done;

    public Console(Surroundings surroundings, Arguments arguments) {
        this.surroundings = surroundings;
        this.arguments = arguments;
    }

    boolean json() {
        return arguments.has("json");
    }

    /** The machine or the capture that {@code --netns} and {@code --from} name: one for each namespace. */
    List<HostNetwork> hosts() throws HostReadException {
        String netns = arguments.value("netns");
        return hosts(netns == null ? new NamespaceChoice.Own() : NamespaceChoice.parse(netns));
    }

    List<HostNetwork> hosts(NamespaceChoice choice) throws HostReadException {
        String from = arguments.value("from");
        List<HostNetwork> hosts = from == null ? machine().open(choice) : recorded(from, choice);
        open.addAll(hosts);
        return hosts;
    }

    /** Every namespace of that machine or capture, whatever {@code --netns} names. */
    List<HostNetwork> everyNamespace() throws HostReadException {
        return hosts(new NamespaceChoice.Whole());
    }

    private List<HostNetwork> recorded(String from, NamespaceChoice choice) throws HostReadException {
        Path file = Path.of(from);
        if (Files.isRegularFile(file) && !Files.isReadable(file)) {
            throw new HostReadException(
                    HostReadException.Kind.NOT_PERMITTED,
                    "cannot open the capture " + from,
                    "it may not be read by this user",
                    "run as its owner");
        }
        Capture opened = capture != null ? capture : CaptureFiles.open(file);
        capture = opened;
        String system = opened.manifest().facts().system();
        HostProvider provider = Hosts.of(system);
        if (provider == null) {
            throw new HostReadException(
                    HostReadException.Kind.BAD_INPUT,
                    "cannot read the capture " + from,
                    "it was made on " + system + ", which this berth does not know",
                    "read it with the berth that made it");
        }
        return provider.open(opened, choice);
    }

    /** The one host of a command that asks one namespace. */
    HostNetwork host() throws HostReadException, UsageException {
        List<HostNetwork> hosts = hosts();
        if ("all".equals(arguments.value("netns"))) {
            throw new UsageException(
                    "berth " + arguments.spec().name() + " asks one network namespace",
                    "--netns all names every one",
                    "name one: --netns NAME, or --netns PID");
        }
        return hosts.getFirst();
    }

    HostProvider machine() throws HostReadException {
        HostProvider here = surroundings.here();
        if (here == null) {
            throw new HostReadException(
                    HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                    "cannot look at this host",
                    "berth knows Linux and Windows, and this is " + System.getProperty("os.name"),
                    "read a capture of another host: --from FILE");
        }
        return here;
    }

    /** A page as wide and as coloured as standard output takes. */
    Page page() {
        HostProvider here = surroundings.here();
        OptionalInt columns = here == null ? OptionalInt.empty() : here.terminalColumns(1);
        String color = arguments.value("color");
        boolean wanted = "always".equals(color)
                || !"never".equals(color)
                        && here != null
                        && columns.isPresent()
                        && here.obeysEscapes(1)
                        && surroundings
                                .environment()
                                .getOrDefault("NO_COLOR", "")
                                .isEmpty()
                        && !"dumb".equals(surroundings.environment().get("TERM"));
        return new Page(text, columns.orElse(Page.UNLIMITED), wanted ? Ink.COLOUR : Ink.PLAIN);
    }

    /** Whether somebody sees what is written as it is written. */
    boolean onTerminal() {
        HostProvider here = surroundings.here();
        return here != null && here.isTerminal(1);
    }

    /**
     * Writes out what has been gathered: in the place of what the terminal shows where there is room for all of it, and else below,
     * so that its end is in sight.
     *
     * @param first whether nothing of its kind is above it
     */
    void flushInPlace(boolean first) throws IOException {
        HostProvider here = surroundings.here();
        OptionalInt rows = here == null ? OptionalInt.empty() : here.terminalRows();
        if (here != null && rows.isPresent() && here.obeysEscapes(1) && page().fits(rows.getAsInt())) {
            text.insert(0, "\u001b[H\u001b[2J"); // ECMA-48: cursor to the first line, erase the page
        } else if (!first) {
            text.insert(0, '\n');
        }
        flush();
    }

    /** Starts to tell, on a terminal and after a second, that the command is still at work. */
    Progress progress(String doing) {
        HostProvider here = surroundings.here();
        boolean terminal = here != null && here.terminalColumns(2).isPresent();
        return terminal ? Progress.on(surroundings, doing) : Progress.NONE;
    }

    /** Whether somebody sees what is written and can answer. */
    boolean canAsk() {
        HostProvider here = surroundings.here();
        return here != null && here.isTerminal(0) && here.isTerminal(1);
    }

    /** Shows what has been gathered, then asks; only y or yes is a yes. */
    boolean asks(String question) throws IOException {
        flush();
        surroundings.complain(question + " [y/N] ");
        var answer = new StringBuilder();
        for (int letter = surroundings.in().read();
                letter >= 0 && letter != '\n';
                letter = surroundings.in().read()) {
            answer.append((char) letter);
        }
        String word = answer.toString().strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }

    /** Whether somebody types what is read from standard input. */
    boolean isTyped() {
        HostProvider here = surroundings.here();
        return here != null && here.isTerminal(0);
    }

    /** Standard input. */
    InputStream input() {
        return surroundings.in();
    }

    /** Says on standard error what is worth knowing and changes nothing in the answer. */
    void warn(String line) throws IOException {
        surroundings.complain(Escaped.text(line) + "\n");
    }

    Map<String, String> environment() {
        return surroundings.environment();
    }

    /** Says what this command has done to the host, which its reader must come to know even where the output fails. */
    void done(String what) {
        done = what;
    }

    /** What has been done; null for nothing. */
    public @Nullable String done() {
        return done;
    }

    /** For a JSON document, which ends with {@link #flush()} like everything else. */
    OutputStream bytes() {
        return new BufferedOutputStream(surroundings.out(), DRAIN_AT);
    }

    /** Writes out what has been gathered once it is worth a write. */
    void drain() throws IOException {
        if (text.length() >= DRAIN_AT) {
            flush();
        }
    }

    /** Writes out what has been gathered. */
    public void flush() throws IOException {
        surroundings.print(text.toString());
        text.setLength(0);
    }

    @Override
    public void close() {
        for (HostNetwork host : open) {
            host.close();
        }
        if (capture != null) {
            capture.close();
        }
    }
}
