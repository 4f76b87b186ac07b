package dev.berth.windows.recording;

import dev.berth.net.IpAddress;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.capture.Capture;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import dev.berth.windows.system.WindowsVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A recorded Windows, on any system. What the recording has not was not there, or not asked, when it was made. */
public final class RecordedWindows implements WindowsSystem {
    private final Capture capture;
    private final Map<Integer, ProcessEntry> processes = new HashMap<>();
    private final List<ServiceEntry> services = new ArrayList<>();
    private final Set<IpAddress> addresses = new HashSet<>();
    private final Map<IpAddress, IpAddress> sources = new HashMap<>();
    private final boolean knowsProcesses;
    private final boolean knowsServices;
    private final Map<String, Fields> values = new HashMap<>();
    private final Map<List<String>, Tools.Run> runs = new HashMap<>();

    private RecordedWindows(Capture capture) {
        this.capture = capture;
        this.knowsProcesses = !capture.names(Entries.PROCESSES).isEmpty();
        this.knowsServices = !capture.names(Entries.SERVICES).isEmpty();
    }

    /**
     * The capture stays the caller's to close.
     *
     * @throws HostReadException when it is of another system, or damaged
     */
    public static WindowsSystem open(Capture capture) throws HostReadException {
        String system = capture.manifest().facts().system();
        if (!system.equals("windows")) {
            throw refused("its manifest says " + system);
        }
        var recorded = new RecordedWindows(capture);
        recorded.each(Entries.PROCESSES, fields -> {
            ProcessEntry process = Replies.process(fields);
            recorded.processes.put(process.pid(), process);
        });
        recorded.each(Entries.SERVICES, fields -> recorded.services.add(Replies.service(fields)));
        recorded.each(Entries.REGISTRY, fields -> {
            recorded.values.put(place(fields.text("key"), fields.text("name")), fields);
            Replies.registryValue(fields); // refused now, not in the middle of an answer
        });
        recorded.each(Entries.ADDRESSES, fields -> recorded.addresses.add(Replies.address(fields)));
        recorded.each(
                Entries.SOURCES, fields -> recorded.sources.put(Replies.destination(fields), Replies.source(fields)));
        recorded.each(Entries.PROGRAMS, fields -> recorded.runs.put(fields.lines("command"), Replies.run(fields)));
        return recorded;
    }

    private interface Reader {
        void read(Fields fields) throws MalformedRecordingException;
    }

    private void each(String entry, Reader reader) throws HostReadException {
        byte[] document = capture.bytes(entry);
        if (document == null) {
            return;
        }
        try {
            for (Fields fields : Fields.read(document)) {
                reader.read(fields);
            }
        } catch (MalformedRecordingException e) {
            throw refused(entry + " is damaged: " + e.getMessage());
        }
    }

    private static HostReadException refused(String why) {
        return new HostReadException(
                Kind.BAD_INPUT, "cannot read this recording as one of Windows", why, "ask for a new recording");
    }

    private static String place(String key, String name) {
        return (key + '\\' + name).toLowerCase(Locale.ROOT); // as Windows compares them
    }

    @Override
    public WindowsVersion version() {
        HostFacts facts = capture.manifest().facts();
        return new WindowsVersion(facts.release(), facts.hostName(), facts.privileged());
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
    public byte @Nullable [] sockets(SocketTable table) throws WindowsErrorException {
        String entry = Entries.table(table);
        try {
            byte[] reply = capture.bytes(entry);
            if (reply == null) {
                throwIfRefused(entry);
            }
            return reply;
        } catch (HostReadException e) {
            throw new WindowsErrorException(e.why());
        }
    }

    private void throwIfRefused(String entry) throws WindowsErrorException {
        try {
            byte[] refused = capture.bytes(Entries.refused(entry));
            if (refused != null) {
                for (Fields fields : Fields.read(refused)) {
                    throw Replies.error(fields);
                }
            }
        } catch (HostReadException e) {
            throw new WindowsErrorException(e.why());
        } catch (MalformedRecordingException e) {
            throw new WindowsErrorException(Entries.refused(entry) + " is damaged: " + e.getMessage());
        }
    }

    @Override
    public Optional<ProcessEntry> process(int pid) throws WindowsErrorException {
        ProcessEntry process = processes.get(pid);
        if (process == null) {
            throwIfRefused(Entries.PROCESSES);
            if (!knowsProcesses) {
                throw new WindowsErrorException("the recording does not hold the processes");
            }
        }
        return Optional.ofNullable(process);
    }

    @Override
    public List<ServiceEntry> services() throws WindowsErrorException {
        throwIfRefused(Entries.SERVICES);
        if (!knowsServices) {
            throw new WindowsErrorException("the recording does not hold the services");
        }
        return List.copyOf(services);
    }

    @Override
    public Registry registry() {
        return (key, name) -> {
            Fields fields = values.get(place(key, name));
            if (fields == null) {
                throw new WindowsErrorException("the recording does not hold " + key + '\\' + name);
            }
            try {
                if (fields.has("error")) {
                    throw Replies.error(fields);
                }
                return Replies.registryValue(fields);
            } catch (MalformedRecordingException e) {
                throw new WindowsErrorException("the recording is damaged: " + e.getMessage());
            }
        };
    }

    @Override
    public Set<IpAddress> addresses() throws WindowsErrorException {
        if (addresses.isEmpty()) { // every host has one
            throwIfRefused(Entries.ADDRESSES);
            throw new WindowsErrorException("the recording does not hold the addresses of its host");
        }
        return Set.copyOf(addresses);
    }

    @Override
    public Optional<IpAddress> sourceTowards(IpAddress destination) {
        return Optional.ofNullable(sources.get(destination));
    }

    @Override
    public Tools tools() {
        return (command, limit) -> {
            Tools.Run run = runs.get(command);
            return run == null ? new Tools.Run.Missing("the recording holds nothing of " + command.getFirst()) : run;
        };
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return new BindOutcome.NotTried("a recording cannot be bound to");
    }

    @Override
    public @Nullable WindowsActs acts() {
        return null;
    }

    @Override
    public void close() {} // the capture is not ours
}
