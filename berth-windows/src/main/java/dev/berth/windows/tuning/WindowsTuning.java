package dev.berth.windows.tuning;

import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.control.Services;
import dev.berth.windows.settings.HnsBlock;
import dev.berth.windows.settings.Netsh;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsSystem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of the running Windows. Changing one takes elevation, and is refused without it; looking takes none. */
public final class WindowsTuning implements HostTuning {
    private final WindowsSystem system;
    private final WindowsActs acts;
    private final ExcludedPorts excluded;
    private final DynamicPorts dynamic;
    private final RegistryValues registry;
    private final Services services;

    private WindowsTuning(WindowsSystem system, WindowsActs acts) {
        this.system = system;
        this.acts = acts;
        var netsh = new Netsh(system.tools());
        excluded = new ExcludedPorts(netsh, acts.tools(), new Held(system), HnsBlock.of(system.registry()));
        dynamic = new DynamicPorts(netsh, acts.tools());
        registry = new RegistryValues(system.registry(), acts);
        services = new Services(system, acts);
    }

    public static HostTuning of(WindowsSystem system) {
        WindowsActs acts = system.acts();
        return acts == null ? HostTuning.none("a recording cannot be changed") : new WindowsTuning(system, acts);
    }

    /** The kinds of settings there are. */
    private enum Kind {
        EXCLUDED,
        DYNAMIC,
        REGISTRY,
        SERVICE
    }

    /** Null for what is no setting of Windows, or has no value of its own there. */
    private static @Nullable Kind kind(String setting, Place place) {
        if (WindowsSetting.isService(setting)) {
            return place == Place.RUNNING ? Kind.SERVICE : null;
        }
        if (place == Place.RUNNING) {
            return null;
        }
        if (WindowsSetting.isRegistry(setting)) {
            return RegistryValues.has(WindowsSetting.name(setting)) ? Kind.REGISTRY : null;
        }
        for (Protocol protocol : Protocol.values()) {
            if (Families.of(protocol).stream().anyMatch(scope -> setting.equals(excludedPorts(scope)))) {
                return Kind.EXCLUDED;
            }
            if (setting.equals(WindowsSetting.dynamicPorts(protocol))) {
                return Kind.DYNAMIC;
            }
        }
        return null;
    }

    private static String excludedPorts(Scope scope) {
        return WindowsSetting.excludedPorts(scope.protocol(), scope.family());
    }

    /** Whose list of exclusions it is. */
    private static Scope scope(String setting) {
        return new Scope(WindowsSetting.protocol(setting), WindowsSetting.family(setting));
    }

    @Override
    public Reading read(String setting, Place place) {
        return switch (kind(setting, place)) {
            case EXCLUDED -> excluded.read(scope(setting));
            case DYNAMIC -> dynamic.read(WindowsSetting.protocol(setting));
            case REGISTRY -> registry.read(WindowsSetting.name(setting));
            case SERVICE -> services.read(WindowsSetting.name(setting));
            case null -> new Reading.Unset();
        };
    }

    @Override
    public ActOutcome write(String setting, Place place, @Nullable String text) {
        ActOutcome obstacle = obstacle(setting, place);
        if (obstacle != null) {
            return obstacle;
        }
        Kind kind = kind(setting, place);
        if (text == null && (kind == Kind.DYNAMIC || kind == Kind.SERVICE)) {
            return new ActOutcome.Failed(setting + " always has a value");
        }
        String value = text == null ? "" : text;
        return switch (kind) {
            case EXCLUDED -> excluded.write(scope(setting), value);
            case DYNAMIC -> dynamic.write(WindowsSetting.protocol(setting), value);
            case REGISTRY -> registry.write(WindowsSetting.name(setting), text);
            case SERVICE -> services.set(WindowsSetting.name(setting), value);
            case null -> notHere(setting, place);
        };
    }

    @Override
    public @Nullable ActOutcome obstacle(String setting, Place place) {
        Kind kind = kind(setting, place);
        if (kind == null) {
            return notHere(setting, place);
        }
        if (!system.version().elevated()) {
            return new ActOutcome.NotPermitted(Services.ELEVATED);
        }
        return kind == Kind.SERVICE ? services.obstacle(WindowsSetting.name(setting)) : null;
    }

    private static ActOutcome notHere(String setting, Place place) {
        Place other = place == Place.RUNNING ? Place.PERSISTENT : Place.RUNNING;
        return new ActOutcome.NotOnThisSystem(
                kind(setting, other) == null
                        ? "'" + setting + "' is not a setting of Windows that Berth changes"
                        : setting + " has no " + place.label() + " value of its own: it is " + other.label() + " only");
    }

    /** Nothing but Windows' own store says anything of them; {@link Persistence#file} names it. */
    @Override
    public @Nullable Persistence persistence(String setting) {
        return switch (kind(setting, Place.PERSISTENT)) {
            case EXCLUDED, DYNAMIC -> new Persistence("netsh store=persistent", List.of(), List.of());
            case REGISTRY -> new Persistence(RegistryValues.path(WindowsSetting.name(setting)), List.of(), List.of());
            case SERVICE -> null;
            case null -> null;
        };
    }

    @Override
    public List<String> dependents(String service) throws HostReadException {
        return services.dependents(service);
    }

    @Override
    public String startId() {
        return acts.runId();
    }
}
