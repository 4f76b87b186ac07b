package dev.berth.windows.control;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the service manager start and stop services and drivers, each by the name it is registered with. */
public final class Services {
    /** What such acts take. */
    public static final String ELEVATED = "an elevated prompt: run as administrator";

    /** Services give themselves 30 s unless they say otherwise. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final int ERROR_DEPENDENT_SERVICES_RUNNING = 1051;
    private static final int ERROR_INVALID_SERVICE_CONTROL = 1052;
    private static final int ERROR_SERVICE_REQUEST_TIMEOUT = 1053;
    private static final int ERROR_SERVICE_DISABLED = 1058;
    private static final int ERROR_SERVICE_DOES_NOT_EXIST = 1060;
    private static final int ERROR_SERVICE_CANNOT_ACCEPT_CTRL = 1061;
    private static final int ERROR_TIMEOUT = 1460;

    private final WindowsSystem system;
    private final WindowsActs acts;
    private final Lineage lineage;

    public Services(WindowsSystem system, WindowsActs acts) {
        this.system = system;
        this.acts = acts;
        this.lineage = new Lineage(system);
    }

    /** Whether it runs; a service on its way is not there yet. */
    public Reading read(String name) {
        try {
            return find(name)
                    .<Reading>map(service ->
                            new Reading.Value(service.running() ? WindowsSetting.RUNNING : WindowsSetting.STOPPED))
                    .orElseGet(Reading.Unset::new);
        } catch (WindowsErrorException e) {
            return new Reading.Unknown("the service manager does not tell: " + e.getMessage());
        }
    }

    /** Why it cannot be started or stopped, as far as can be told beforehand. */
    public @Nullable ActOutcome obstacle(String name) {
        try {
            ServiceEntry service = find(name).orElse(null);
            return service == null ? absent(name) : isOurs(service) ? ours(name) : null;
        } catch (WindowsErrorException e) {
            return null;
        }
    }

    /** See {@link dev.berth.platform.HostTuning#dependents}. */
    public List<String> dependents(String name) throws HostReadException {
        try {
            return acts.dependents(name);
        } catch (WindowsErrorException e) {
            throw new HostReadException(
                    e.number() == WindowsErrorException.ACCESS_DENIED ? Kind.NOT_PERMITTED : Kind.NOT_ON_THIS_SYSTEM,
                    "cannot tell which services need " + name,
                    "the service manager does not tell: " + e.getMessage(),
                    "sc enumdepend " + name + " names them; stop those first");
        }
    }

    /** @param state {@link WindowsSetting#RUNNING} or {@link WindowsSetting#STOPPED} */
    public ActOutcome set(String name, String state) {
        return switch (state) {
            case WindowsSetting.RUNNING ->
                act(name, "start", () -> {
                    acts.start(name, PATIENCE);
                    return new ActOutcome.Done();
                });
            case WindowsSetting.STOPPED -> stop(name, PATIENCE);
            default -> new ActOutcome.Failed("a service is running or stopped, and cannot be set to '" + state + "'");
        };
    }

    /** Not the one that this Berth runs in, as below sshd: it would end in the middle of its change. */
    ActOutcome stop(String name, Duration most) {
        return act(name, "stop", () -> {
            if (find(name).filter(this::isOurs).isPresent()) {
                return ours(name);
            }
            acts.stop(name, most);
            return new ActOutcome.Done();
        });
    }

    private boolean isOurs(ServiceEntry service) {
        return service.pid() != 0 && lineage.read().has(service.pid());
    }

    private static ActOutcome ours(String name) {
        return new ActOutcome.Failed("Berth runs in " + name + ", and would end with it");
    }

    /** As the service manager has it: it takes a name in any case. */
    Optional<ServiceEntry> find(String name) throws WindowsErrorException {
        return system.services().stream()
                .filter(service -> service.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private interface Doing {
        ActOutcome act() throws WindowsErrorException;
    }

    private static ActOutcome act(String name, String verb, Doing doing) {
        try {
            return doing.act();
        } catch (WindowsErrorException e) {
            return outcome(name, verb, e.number());
        }
    }

    private static ActOutcome outcome(String name, String verb, int error) {
        return switch (error) {
            case WindowsErrorException.ACCESS_DENIED -> new ActOutcome.NotPermitted(ELEVATED);
            case ERROR_SERVICE_DOES_NOT_EXIST -> absent(name);
            case WindowsErrorException.SHARING_VIOLATION ->
                failed(name, verb, error, "ports that it needs are held by others");
            case ERROR_DEPENDENT_SERVICES_RUNNING ->
                failed(name, verb, error, "services that depend on it run: sc enumdepend " + name + " names them");
            case ERROR_INVALID_SERVICE_CONTROL, ERROR_SERVICE_CANNOT_ACCEPT_CTRL ->
                failed(name, verb, error, "it does not take that, or not now");
            case ERROR_SERVICE_DISABLED -> failed(name, verb, error, "it is disabled");
            case ERROR_TIMEOUT, ERROR_SERVICE_REQUEST_TIMEOUT ->
                failed(name, verb, error, "it was not there in time, and may still be on its way");
            default -> failed(name, verb, error, "sc query " + name + " tells its state");
        };
    }

    private static ActOutcome failed(String name, String verb, int error, String why) {
        return new ActOutcome.Failed("the service %s did not %s (error %d): %s".formatted(name, verb, error, why));
    }

    private static ActOutcome absent(String name) {
        return new ActOutcome.NotOnThisSystem("there is no service " + name);
    }
}
