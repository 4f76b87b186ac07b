package dev.berth.windows.settings;

import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Windows that says what it is told to; what it was not told, it prints nothing for. */
final class ToldWindows implements WindowsSystem, Tools, Registry {
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, RegistryValue> values = new HashMap<>();
    private final List<ServiceEntry> services = new ArrayList<>();
    private @Nullable WindowsErrorException refusal;

    /** What every command prints whose words begin with these, and that nothing later was told of. */
    ToldWindows printing(String command, String output) {
        return answering(command, new Run.Ended(0, output, ""));
    }

    ToldWindows answering(String command, Run run) {
        runs.put(command, run);
        return this;
    }

    ToldWindows with(String key, String name, RegistryValue value) {
        values.put(key + "\\" + name, value);
        return this;
    }

    ToldWindows with(ServiceEntry service) {
        services.add(service);
        return this;
    }

    /** The registry and the service manager refuse. */
    ToldWindows refusing(WindowsErrorException why) {
        refusal = why;
        return this;
    }

    @Override
    public Run run(List<String> command, Duration limit) {
        String words = String.join(" ", command);
        return runs.entrySet().stream()
                .filter(told -> words.startsWith(told.getKey()))
                .reduce((_, later) -> later)
                .map(Map.Entry::getValue)
                .orElse(new Run.Ended(0, "", ""));
    }

    @Override
    public @Nullable RegistryValue read(String key, String name) throws WindowsErrorException {
        if (refusal != null) {
            throw refusal;
        }
        return values.get(key + "\\" + name);
    }

    @Override
    public List<ServiceEntry> services() throws WindowsErrorException {
        if (refusal != null) {
            throw refusal;
        }
        return services;
    }

    @Override
    public Registry registry() {
        return this;
    }

    @Override
    public Tools tools() {
        return this;
    }

    @Override
    public WindowsVersion version() {
        return new WindowsVersion("10.0.20348", "told", false);
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
    public byte @Nullable [] sockets(SocketTable table) {
        return null;
    }

    @Override
    public Optional<ProcessEntry> process(int pid) {
        return Optional.empty();
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable WindowsActs acts() {
        return null;
    }

    @Override
    public void close() {}
}
