package dev.berth.windows.recording;

import dev.berth.net.IpAddress;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.capture.CaptureWriter;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import dev.berth.windows.system.WindowsVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A live Windows whose replies are kept, each without what must not be written. Whoever asks sees what the recording says, and
 * each question is asked once.
 */
final class RecordingWindows implements WindowsSystem {
    private static final Reply<List<ServiceEntry>> NOT_ASKED = new Reply<>(null, null);

    private final WindowsSystem live;
    private final Redaction redaction;
    private final Map<SocketTable, Reply<byte[]>> tables = new LinkedHashMap<>();
    private final Map<Integer, Reply<Optional<ProcessEntry>>> processes = new LinkedHashMap<>();
    private final Map<RegistryPlace, Reply<RegistryValue>> values = new LinkedHashMap<>();
    private final Map<List<String>, Tools.Run> runs = new LinkedHashMap<>();
    private final Set<IpAddress> ends = new TreeSet<>(); // of the sockets, as they are
    private final Map<IpAddress, IpAddress> sources = new LinkedHashMap<>();
    private Reply<List<ServiceEntry>> services = NOT_ASKED;
    private @Nullable Reply<Set<IpAddress>> addresses;

    private record RegistryPlace(String key, String name) {}

    RecordingWindows(WindowsSystem live, Redaction redaction) {
        this.live = live;
        this.redaction = redaction;
    }

    /** What a call gave, or how it failed. */
    private record Reply<T>(@Nullable T value, @Nullable WindowsErrorException error) {
        interface Call<T> {
            @Nullable
            T make() throws WindowsErrorException;
        }

        static <T> Reply<T> of(Call<T> call) {
            try {
                return new Reply<>(call.make(), null);
            } catch (WindowsErrorException e) {
                return new Reply<>(null, e);
            }
        }

        @Nullable
        T get() throws WindowsErrorException {
            if (error != null) {
                throw error;
            }
            return value;
        }
    }

    @Override
    public synchronized byte @Nullable [] sockets(SocketTable table) throws WindowsErrorException {
        return tables.computeIfAbsent(
                        table,
                        _ -> Reply.of(() -> {
                            byte[] reply = live.sockets(table);
                            if (reply == null) {
                                return null;
                            }
                            ends.addAll(TableAddresses.in(table, reply));
                            return redaction.table(table, reply);
                        }))
                .get();
    }

    @Override
    public synchronized Optional<ProcessEntry> process(int pid) throws WindowsErrorException {
        return Objects.requireNonNull(processes
                .computeIfAbsent(pid, _ -> Reply.of(() -> live.process(pid).map(redaction::process)))
                .get());
    }

    @Override
    public synchronized List<ServiceEntry> services() throws WindowsErrorException {
        if (services.equals(NOT_ASKED)) {
            services = Reply.of(
                    () -> live.services().stream().map(redaction::service).toList());
        }
        return Objects.requireNonNull(services.get());
    }

    @Override
    public synchronized Set<IpAddress> addresses() throws WindowsErrorException {
        return Objects.requireNonNull(askAddresses().get());
    }

    private Reply<Set<IpAddress>> askAddresses() {
        if (addresses == null) {
            addresses = Reply.of(
                    () -> live.addresses().stream().map(redaction::address).collect(Collectors.toSet()));
        }
        return addresses;
    }

    /** Known for the addresses that sockets have had so far: which others somebody will ask about, nobody knows. */
    @Override
    public synchronized Optional<IpAddress> sourceTowards(IpAddress destination) {
        return Optional.ofNullable(askSources().get(destination));
    }

    private Map<IpAddress, IpAddress> askSources() {
        for (IpAddress end : ends) {
            live.sourceTowards(end).ifPresent(source -> sources.put(redaction.address(end), redaction.address(source)));
        }
        ends.clear();
        return sources;
    }

    @Override
    public Registry registry() {
        return (key, name) -> {
            synchronized (this) {
                return values.computeIfAbsent(
                                new RegistryPlace(key, name),
                                _ -> Reply.of(() -> live.registry().read(key, name)))
                        .get();
            }
        };
    }

    /** Several may run at once. */
    @Override
    public Tools tools() {
        return this::run;
    }

    private Tools.Run run(List<String> command, Duration limit) {
        synchronized (this) {
            Tools.Run known = runs.get(command);
            if (known != null) {
                return known;
            }
        }
        Tools.Run run = live.tools().run(command, limit);
        synchronized (this) {
            return runs.computeIfAbsent(List.copyOf(command), _ -> redaction.run(run));
        }
    }

    @Override
    public synchronized WindowsVersion version() {
        WindowsVersion version = live.version();
        return new WindowsVersion(version.number(), redaction.hostName(version.hostName()), version.elevated());
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
    public BindOutcome bind(BindRequest request) {
        return new BindOutcome.NotTried("a recording only reads");
    }

    @Override
    public @Nullable WindowsActs acts() {
        return null;
    }

    @Override
    public void close() {} // the live system is not ours

    /** Writes down everything that was asked, and the addresses. */
    synchronized void write(CaptureWriter capture) throws IOException {
        for (var table : tables.entrySet()) {
            byte[] reply = table.getValue().value();
            String entry = Entries.table(table.getKey());
            if (reply != null) {
                capture.add(entry, reply);
            }
            refused(capture, entry, table.getValue());
        }
        writeProcesses(capture);
        writeServices(capture);
        writeAddresses(capture);
        writeRegistry(capture);
        var programs = new ArrayList<Fields>();
        runs.forEach((command, run) -> programs.add(Replies.of(command, run)));
        add(capture, Entries.PROGRAMS, programs);
    }

    private void writeProcesses(CaptureWriter capture) throws IOException {
        var all = new ArrayList<Fields>();
        Reply<?> refusal = new Reply<>(null, null);
        for (var reply : processes.values()) {
            if (reply.error() != null) {
                refusal = reply;
            } else {
                Objects.requireNonNull(reply.value()).map(Replies::of).ifPresent(all::add);
            }
        }
        add(capture, Entries.PROCESSES, all);
        refused(capture, Entries.PROCESSES, refusal);
    }

    private void writeServices(CaptureWriter capture) throws IOException {
        List<ServiceEntry> all = services.value();
        if (all != null) {
            add(capture, Entries.SERVICES, all.stream().map(Replies::of).toList());
        }
        refused(capture, Entries.SERVICES, services);
    }

    private void writeAddresses(CaptureWriter capture) throws IOException {
        Reply<Set<IpAddress>> all = askAddresses();
        if (all.value() != null) {
            add(
                    capture,
                    Entries.ADDRESSES,
                    all.value().stream().sorted().map(Replies::of).toList());
        }
        refused(capture, Entries.ADDRESSES, all);
        var towards = new ArrayList<Fields>();
        askSources().forEach((destination, source) -> towards.add(Replies.of(destination, source)));
        add(capture, Entries.SOURCES, towards);
    }

    private void writeRegistry(CaptureWriter capture) throws IOException {
        var all = new ArrayList<Fields>();
        values.forEach((place, reply) -> {
            Fields fields = reply.error() == null ? Replies.of(reply.value()) : Replies.of(reply.error());
            all.add(fields.with("key", place.key()).with("name", place.name()));
        });
        add(capture, Entries.REGISTRY, all);
    }

    private static void refused(CaptureWriter capture, String entry, Reply<?> reply) throws IOException {
        if (reply.error() != null) {
            add(capture, Entries.refused(entry), List.of(Replies.of(reply.error())));
        }
    }

    private static void add(CaptureWriter capture, String entry, List<Fields> replies) throws IOException {
        capture.add(entry, Fields.write(replies));
    }
}
