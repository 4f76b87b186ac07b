package dev.berth.linux.kernel;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The running kernel, seen from one network namespace. */
final class LiveKernel implements Kernel {
    private static final String UNKNOWN_CALLS =
            "Berth does not know the system calls of " + System.getProperty("os.arch", "this architecture");

    private final @Nullable LibC libc;
    private final NetworkNamespace namespace;
    private final @Nullable NamespaceThread thread;
    private final Descriptors descriptors;
    private final KernelFiles files;
    private final Instant readAt = Instant.now();

    /** @param thread in that namespace, or null where the whole process is */
    LiveKernel(
            @Nullable LibC libc,
            NetworkNamespace namespace,
            @Nullable NamespaceThread thread,
            Descriptors descriptors) {
        this.libc = libc;
        this.namespace = namespace;
        this.thread = thread;
        this.descriptors = descriptors;
        this.files = new FilesThere();
    }

    @Override
    public NetworkNamespace namespace() {
        return namespace;
    }

    @Override
    public boolean foreign() {
        return thread != null || namespace.name() != null && !Namespaces.ownIsOfInit();
    }

    @Override
    public @Nullable Long cookie() {
        LibC calls = libc;
        return calls == null
                ? null
                : answered(() -> Optional.ofNullable(NamespaceCookie.read(calls)))
                        .orElse(null);
    }

    @Override
    public KernelFiles files() {
        return files;
    }

    @Override
    public Datagrams diag(DiagTable table, SocketQuery query, PortRange higherPorts) throws DiagRefusedException {
        LibC calls = libc;
        if (calls == null) {
            throw new DiagRefusedException(UNKNOWN_CALLS);
        }
        NativeBuffer request = DiagRequest.of(table, query, higherPorts);
        try {
            return there(() -> DiagSocket.ask(calls, request));
        } catch (DiagRefusedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException {
        descriptors.walk(query, sink);
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        LibC calls = libc;
        if (calls == null) {
            return new BindOutcome.NotTried(UNKNOWN_CALLS);
        }
        return answered(() -> BindProbe.attempt(calls, request));
    }

    @Override
    public Optional<IpAddress> sourceTowards(IpAddress destination) {
        LibC calls = libc;
        return calls == null ? Optional.empty() : answered(() -> SourceAddress.towards(calls, destination));
    }

    @Override
    public ActOutcome destroy(SocketId socket) {
        LibC calls = libc;
        return calls == null
                ? new ActOutcome.NotOnThisSystem(UNKNOWN_CALLS)
                : answered(() -> DiagDestroy.attempt(calls, socket));
    }

    @Override
    public @Nullable LibC calls() {
        return libc;
    }

    @Override
    public @Nullable SettingFiles settings() {
        return libc == null ? null : new SettingFiles(libc, this::there);
    }

    @Override
    public ToolReply tool(List<String> command, Duration limit) {
        // a process starts in the namespace of the thread that starts it
        return answered(() -> Tool.run(Programs.here(), command, limit));
    }

    @Override
    public Instant readAt() {
        return readAt;
    }

    @Override
    public boolean recorded() {
        return false;
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }

    /** Makes a call that answers and never fails. */
    private <T> T answered(Callable<T> call) {
        try {
            return there(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T there(Callable<T> call) throws Exception {
        return thread == null ? call.call() : thread.call(call);
    }

    /** Files whose content depends on the network namespace of who asks are asked for from within it. */
    private final class FilesThere implements KernelFiles {
        private final KernelFiles here = libc == null ? new LiveFiles() : new NativeFiles(libc);

        @Override
        public byte @Nullable [] read(String path) throws IOException {
            if (thread == null || !path.startsWith("/proc/")) {
                return here.read(path);
            }
            try {
                return thread.call(() -> Optional.ofNullable(here.read(path))).orElse(null);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte @Nullable [] readRegular(String path, int longest) throws IOException {
            return RegularFile.read(path, longest);
        }

        @Override
        public List<String> list(String directory) throws IOException {
            return here.list(directory);
        }
    }
}
