package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.kernel.ToolReply;
import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A live kernel whose replies leave a copy in a recording. */
final class RecordingKernel implements Kernel {
    private static final SocketQuery TIMED =
            SocketQuery.everything().with(EnumSet.of(TcpState.CLOSE_WAIT)).withTimes();

    private final Kernel live;
    private final Recording recording;
    private final KernelFiles files;
    private final SortedSet<Integer> holders = new TreeSet<>();

    RecordingKernel(Kernel live, Recording recording, RecordingFiles files) {
        this.live = live;
        this.recording = recording;
        this.files = files.in(live.namespace().inode(), live.files());
    }

    /** The processes that were found to hold a socket. */
    SortedSet<Integer> holders() {
        return holders;
    }

    /** Records every table of sock_diag, whole, and the times of the sockets that are asked for theirs. */
    void recordTables() throws HostReadException {
        for (DiagTable table : DiagTable.values()) {
            for (PortOrigin origin : PortOrigin.values()) {
                recordTable(table, SocketQuery.everything().with(origin));
            }
        }
        recordTable(DiagTable.TCP, TIMED);
    }

    private void recordTable(DiagTable table, SocketQuery query) throws HostReadException {
        String entry = Entries.table(namespace().inode(), table, query);
        try (Datagrams dump = live.diag(table, query, PortRange.ALL)) {
            recording.addTable(entry, dump);
        } catch (DiagRefusedException e) {
            recording.add(Entries.refused(entry), String.valueOf(e.getMessage()).getBytes(UTF_8));
        }
    }

    /** Not recorded: {@link #recordTables} records more than any question gets. */
    @Override
    public Datagrams diag(DiagTable table, SocketQuery query, PortRange higherPorts) throws DiagRefusedException {
        return live.diag(table, query, higherPorts);
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException {
        var lines = new StringBuilder();
        live.descriptors(query, new DescriptorSink() {
            @Override
            public void holds(int pid, long inode) {
                lines.append(RecordedDescriptors.holds(pid, inode));
                holders.add(pid);
                sink.holds(pid, inode);
            }

            @Override
            public void hidden(int pid) {
                lines.append(RecordedDescriptors.hidden(pid));
                sink.hidden(pid);
            }

            @Override
            public void stoppedEarly() {
                sink.stoppedEarly();
            }
        });
        recording.add(Entries.DESCRIPTORS, lines.toString().getBytes(US_ASCII));
    }

    @Override
    public ToolReply tool(List<String> command, Duration limit) {
        String entry = Entries.tool(namespace().inode(), command);
        ToolReply reply = live.tool(command, limit);
        return switch (reply) {
            case ToolReply.Said(String output) -> {
                String redacted = recording.redactedOutput(output);
                recording.add(entry, redacted.getBytes(UTF_8));
                yield new ToolReply.Said(redacted);
            }
            case ToolReply.Missing() -> {
                recording.add(Entries.refused(entry), new byte[0]);
                yield reply;
            }
            case ToolReply.Failed(String why) -> {
                recording.add(Entries.refused(entry), why.getBytes(UTF_8));
                yield reply;
            }
        };
    }

    @Override
    public boolean foreign() {
        return live.foreign();
    }

    @Override
    public NetworkNamespace namespace() {
        return live.namespace();
    }

    @Override
    public KernelFiles files() {
        return files;
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return new BindOutcome.NotTried("a recording only reads");
    }

    @Override
    public Instant readAt() {
        return live.readAt();
    }

    @Override
    public boolean recorded() {
        return false;
    }

    @Override
    public void close() {} // the live kernel is not ours
}
