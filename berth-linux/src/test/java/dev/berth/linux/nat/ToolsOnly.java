package dev.berth.linux.nat;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.kernel.ToolReply;
import dev.berth.net.PortRange;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A kernel with the files and tools that a test writes down; it remembers which tools were run. */
final class ToolsOnly implements Kernel {
    private final FilesInMemory files = new FilesInMemory().with("/proc/net/fib_trie", "");
    private final Map<String, ToolReply> replies = new HashMap<>();
    private final List<String> run = new ArrayList<>();

    ToolsOnly file(String path, String text) {
        files.with(path, text);
        return this;
    }

    ToolsOnly forbidden(String path) {
        files.withForbidden(path);
        return this;
    }

    ToolsOnly says(String command, String output) {
        replies.put(command, new ToolReply.Said(output));
        return this;
    }

    ToolsOnly fails(String command, String why) {
        replies.put(command, new ToolReply.Failed(why));
        return this;
    }

    /** The programs that were run and are there. */
    List<String> run() {
        return run;
    }

    @Override
    public ToolReply tool(List<String> command, Duration limit) {
        String line = String.join(" ", command);
        ToolReply reply = replies.getOrDefault(line, new ToolReply.Missing());
        if (!(reply instanceof ToolReply.Missing)) {
            run.add(line);
        }
        return reply;
    }

    @Override
    public KernelFiles files() {
        return files;
    }

    @Override
    public NetworkNamespace namespace() {
        return NetworkNamespace.ONLY;
    }

    @Override
    public Datagrams diag(DiagTable table, SocketQuery query, PortRange ports) throws DiagRefusedException {
        throw new DiagRefusedException("not in this test");
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) {}

    @Override
    public BindOutcome bind(BindRequest request) {
        throw new UnsupportedOperationException("not in this test");
    }

    @Override
    public Instant readAt() {
        return Instant.EPOCH;
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public void close() {}
}
