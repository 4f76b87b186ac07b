package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.kernel.ToolReply;
import dev.berth.net.PortRange;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.capture.Capture;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One network namespace of a recorded Linux. It gives whole tables; what a question did not ask for, the decoder drops. */
public final class RecordedKernel implements Kernel {
    private final Capture capture;
    private final NetworkNamespace namespace;
    private final KernelFiles files;

    private RecordedKernel(Capture capture, NetworkNamespace namespace) {
        this.capture = capture;
        this.namespace = namespace;
        this.files = new RecordedFiles(capture, namespace.inode());
    }

    /**
     * The namespaces chosen, of those recorded; {@link NamespaceChoice.Own} is the recorder's. The capture stays the
     * caller's to close.
     *
     * @throws HostReadException when it lacks the namespace, is of another system, or of a machine with the other order of
     *     bytes
     */
    public static List<Kernel> open(Capture capture, NamespaceChoice choice) throws HostReadException {
        refuseOtherMachines(capture);
        List<NetworkNamespace> recorded = capture.manifest().namespaces();
        List<NetworkNamespace> chosen = switch (choice) {
            case NamespaceChoice.Own() -> recorded.stream().limit(1).toList();
            case NamespaceChoice.All(), NamespaceChoice.Whole() -> recorded;
            case NamespaceChoice.Numbered(long inode) ->
                recorded.stream().filter(one -> one.inode() == inode).toList();
            case NamespaceChoice.Named(String name) ->
                recorded.stream().filter(one -> isCalled(one, name)).toList();
            case NamespaceChoice.OfProcess(int pid) ->
                recorded.stream()
                        .filter(one -> isCalled(one, String.valueOf(pid)))
                        .toList();
        };
        if (chosen.isEmpty()) {
            throw lacks(choice, recorded);
        }
        return chosen.stream()
                .<Kernel>map(namespace -> new RecordedKernel(capture, namespace))
                .toList();
    }

    private static boolean isCalled(NetworkNamespace namespace, String name) {
        String number = String.valueOf(namespace.inode());
        return name.equals(namespace.name()) || name.equals(number) || name.equals("net:[" + number + "]");
    }

    private static HostReadException lacks(NamespaceChoice choice, List<NetworkNamespace> recorded) {
        String why = recorded.isEmpty()
                ? "it has none at all"
                : "it has "
                        + recorded.stream()
                                .map(one -> one.name() == null ? String.valueOf(one.inode()) : one.toString())
                                .collect(Collectors.joining(", "));
        String asked = switch (choice) {
            case NamespaceChoice.Named(String name) -> "no network namespace '" + name + "' in this recording";
            case NamespaceChoice.OfProcess(int pid) ->
                "a recording does not tell the network namespace of process " + pid;
            case NamespaceChoice.Numbered(long inode) -> "no network namespace " + inode + " in this recording";
            case NamespaceChoice.Own(), NamespaceChoice.All(), NamespaceChoice.Whole() ->
                "no network namespace in this recording";
        };
        return new HostReadException(Kind.BAD_INPUT, asked, why, "name one of these: --netns NAME");
    }

    private static void refuseOtherMachines(Capture capture) throws HostReadException {
        String system = capture.manifest().facts().system();
        if (!system.equals("linux")) {
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "cannot read this recording as one of Linux",
                    "its manifest says " + system,
                    "ask for a new recording");
        }
        byte[] order = capture.bytes(Entries.BYTE_ORDER);
        String recorded = order == null ? "unnamed" : new String(order, UTF_8);
        if (!recorded.equals(byteOrderHere())) {
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "cannot read this recording on this machine",
                    "its order of bytes is " + recorded + ", this machine's is " + byteOrderHere(),
                    "read it on a machine like the one it was made on");
        }
    }

    static String byteOrderHere() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "little" : "big";
    }

    @Override
    public NetworkNamespace namespace() {
        return namespace;
    }

    @Override
    public boolean foreign() {
        return !capture.names(Entries.foreign(namespace.inode())).isEmpty();
    }

    @Override
    public KernelFiles files() {
        return files;
    }

    /** The whole table goes to every slice; the decoder takes from it what belongs there. */
    @Override
    public Datagrams diag(DiagTable table, SocketQuery query, PortRange higherPorts) throws DiagRefusedException {
        String entry = Entries.table(namespace.inode(), table, query);
        if (query.times() && capture.names(entry).isEmpty()) { // older recordings have no times
            entry = Entries.table(namespace.inode(), table, query.withoutTimes());
        }
        try {
            InputStream datagrams = capture.stream(entry);
            if (datagrams != null) {
                return new RecordedDatagrams(datagrams);
            }
            throw new DiagRefusedException(reason(capture.bytes(Entries.refused(entry))));
        } catch (HostReadException e) {
            throw new DiagRefusedException(e.why());
        }
    }

    private static String reason(byte @Nullable [] refused) {
        return refused == null ? "the recording has none of it" : new String(refused, UTF_8);
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException {
        RecordedDescriptors.play(capture, query, sink);
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return new BindOutcome.NotTried("a recording cannot be bound to");
    }

    @Override
    public ToolReply tool(List<String> command, Duration limit) {
        String entry = Entries.tool(namespace.inode(), command);
        try {
            byte[] output = capture.bytes(entry);
            if (output != null) {
                return new ToolReply.Said(new String(output, UTF_8));
            }
            byte[] refused = capture.bytes(Entries.refused(entry));
            return refused != null && refused.length == 0
                    ? new ToolReply.Missing()
                    : new ToolReply.Failed(reason(refused));
        } catch (HostReadException e) {
            return new ToolReply.Failed(e.why());
        }
    }

    @Override
    public Instant readAt() {
        return capture.manifest().facts().readAt();
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public void close() {} // the capture is not ours
}
