package dev.berth.platform;

import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A system that opens made-up hosts: the first one as its own namespace, every one for {@code all}. */
public final class FakeHostProvider implements HostProvider {
    private final List<HostNetwork> hosts;
    private final OptionalInt columns;
    private final OptionalInt rows;
    private final @Nullable Charset codePage;
    private final List<Path> recorded = new ArrayList<>();

    private FakeHostProvider(
            List<HostNetwork> hosts, OptionalInt columns, OptionalInt rows, @Nullable Charset codePage) {
        this.hosts = hosts;
        this.columns = columns;
        this.rows = rows;
        this.codePage = codePage;
    }

    public static FakeHostProvider of(HostNetwork... hosts) {
        return new FakeHostProvider(List.of(hosts), OptionalInt.empty(), OptionalInt.empty(), null);
    }

    /** With a terminal of that width on standard output, and somebody at it. */
    public FakeHostProvider onTerminal(int terminalColumns) {
        return new FakeHostProvider(hosts, OptionalInt.of(terminalColumns), rows, codePage);
    }

    /** And of that height. */
    public FakeHostProvider withRows(int terminalRows) {
        return new FakeHostProvider(hosts, columns, OptionalInt.of(terminalRows), codePage);
    }

    /** And as old as those of Windows were: it has the letters of a code page, and obeys no escape sequence. */
    public FakeHostProvider withCodePage(Charset letters) {
        return new FakeHostProvider(hosts, columns, rows, letters);
    }

    /** The files that were asked for. */
    public List<Path> recorded() {
        return recorded;
    }

    @Override
    public String system() {
        return "fake";
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public List<HostNetwork> open(NamespaceChoice choice) throws HostReadException {
        if (choice instanceof NamespaceChoice.All || choice instanceof NamespaceChoice.Whole) {
            return hosts;
        }
        if (choice instanceof NamespaceChoice.Numbered(long inode)) {
            return hosts.stream()
                    .filter(host -> host.namespace().inode() == inode)
                    .toList();
        }
        if (choice instanceof NamespaceChoice.Named(String name)) {
            for (HostNetwork host : hosts) {
                if (name.equals(host.namespace().name())) {
                    return List.of(host);
                }
            }
            throw new HostReadException(
                    HostReadException.Kind.BAD_INPUT,
                    "there is no network namespace " + name,
                    "nothing of that name is in /run/netns",
                    "ip netns list");
        }
        return List.of(hosts.getFirst());
    }

    @Override
    public List<HostNetwork> open(Capture capture, NamespaceChoice choice) throws HostReadException {
        return open(choice);
    }

    @Override
    public void record(Path file, CaptureRequest request) {
        recorded.add(file);
    }

    @Override
    public boolean obeysEscapes(int descriptor) {
        return codePage == null;
    }

    @Override
    public Charset letters(int descriptor) {
        return codePage != null && isTerminal(descriptor) ? codePage : StandardCharsets.UTF_8;
    }

    @Override
    public OptionalInt terminalRows() {
        return rows;
    }

    @Override
    public OptionalInt terminalColumns(int descriptor) {
        return descriptor < 2 ? columns : OptionalInt.empty();
    }
}
