package dev.berth.linux.nat;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.kernel.KernelInParts;
import dev.berth.linux.kernel.ToolReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A kernel with the files and tools that a test writes down; it remembers which tools were run. */
final class ToolsOnly implements KernelInParts {
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
}
