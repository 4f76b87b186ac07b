package dev.berth.platform;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Tunable.Assignment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings made up for a test: {@code new FakeTuning().running("net.ipv4.tcp_tw_reuse", "2")}. Like a kernel, it has the
 * running settings it was given and no others, and reads a list of ports back in its own words; like a file, it takes any
 * assignment. It remembers every write that it was asked for.
 */
public final class FakeTuning implements HostTuning {
    private static final String LIST = "net.ipv4.ip_local_reserved_ports";
    private static final String FILE = "/etc/sysctl.d/zz-berth.conf";

    /** When a write is interfered with. */
    public enum Moment {
        /** Nothing has been written yet. */
        BEFORE,
        /** It has been written, and nobody has been told. */
        AFTER
    }

    /** One write. */
    public record Write(
            String setting, Place place, @Nullable String text) {}

    /** Interferes with writes. To kill the writer, throw. */
    public interface Interceptor {
        /** What the writer is told instead of what happens or has happened; null to let it be. Before, nothing is then written. */
        @Nullable
        ActOutcome at(Moment moment, Write write);
    }

    private final Map<Place, TreeMap<String, String>> values = new EnumMap<>(Place.class);
    private final Map<String, String> atStart = new TreeMap<>();
    private final Map<Place, ActOutcome> obstacles = new EnumMap<>(Place.class);
    private final Map<Place, String> unreadable = new EnumMap<>(Place.class);
    private final Map<Place, String> caveats = new EnumMap<>(Place.class);
    private final Map<String, List<Assignment>> before = new HashMap<>();
    private final Map<String, List<Assignment>> after = new HashMap<>();
    private final Map<String, List<String>> dependents = new HashMap<>();
    private final List<Write> asked = new ArrayList<>();
    private final Interceptor interceptor;
    private boolean filesApply = true;
    private int starts = 1;
    private @Nullable Long cookie;

    public FakeTuning() {
        this((moment, write) -> null);
    }

    public FakeTuning(Interceptor interceptor) {
        this.interceptor = interceptor;
        for (Place place : Place.values()) {
            values.put(place, new TreeMap<>());
        }
    }

    /** Has a setting in force, which is also what the kernel starts with. */
    public synchronized FakeTuning running(String setting, String text) {
        atStart.put(setting, text);
        in(Place.RUNNING).put(setting, text);
        return this;
    }

    /** Has an assignment in Berth's file. */
    public synchronized FakeTuning persistent(String setting, String text) {
        in(Place.PERSISTENT).put(setting, text);
        return this;
    }

    /** A Windows whose administrator has excluded these ports, of one protocol and of both families. */
    public FakeTuning excluded(Protocol protocol, String ports) {
        for (Family family : Family.values()) {
            persistent(WindowsSetting.excludedPorts(protocol, family), ports);
        }
        return this;
    }

    /** Another file assigns it, and Berth's beats that; calls add up in the order in which the next start applies them. */
    public synchronized FakeTuning before(String setting, Assignment assignment) {
        before.computeIfAbsent(setting, _ -> new ArrayList<>()).add(assignment);
        return this;
    }

    /** Another file assigns it, and beats Berth's. */
    public synchronized FakeTuning after(String setting, Assignment assignment) {
        after.computeIfAbsent(setting, _ -> new ArrayList<>()).add(assignment);
        return this;
    }

    /** Files say nothing about this namespace: a persistent value cannot be read or written. */
    public synchronized FakeTuning withoutFiles(String why) {
        filesApply = false;
        return unreadable(Place.PERSISTENT, why).obstacle(Place.PERSISTENT, new ActOutcome.NotOnThisSystem(why));
    }

    /** These services run as well, and have to be stopped before that one, in this order. */
    public synchronized FakeTuning dependents(String service, String... names) {
        dependents.put(service, List.of(names));
        for (String name : names) {
            running(WindowsSetting.service(name), WindowsSetting.RUNNING);
        }
        return this;
    }

    /** No write there succeeds. */
    public synchronized FakeTuning obstacle(Place place, ActOutcome outcome) {
        obstacles.put(place, outcome);
        return this;
    }

    /** Writes there succeed again. */
    public synchronized FakeTuning cleared(Place place) {
        obstacles.remove(place);
        return this;
    }

    /** No value there can be read. */
    public synchronized FakeTuning unreadable(Place place, String why) {
        unreadable.put(place, why);
        return this;
    }

    public synchronized FakeTuning caveat(Place place, String text) {
        caveats.put(place, text);
        return this;
    }

    /** Is of the namespace with this cookie. */
    public synchronized FakeTuning cookie(long known) {
        cookie = known;
        return this;
    }

    /** The system starts again: what the files assign is in force, and else what it started with. */
    public synchronized void restart() {
        starts++;
        in(Place.RUNNING).clear();
        in(Place.RUNNING).putAll(atStart);
        for (String setting : atStart.keySet()) {
            String last = lastAssigned(setting);
            if (last != null) {
                in(Place.RUNNING).put(setting, last);
            }
        }
    }

    private @Nullable String lastAssigned(String setting) {
        List<Assignment> later = after.getOrDefault(setting, List.of());
        List<Assignment> earlier = before.getOrDefault(setting, List.of());
        if (!later.isEmpty()) {
            return later.getLast().value();
        }
        String own = in(Place.PERSISTENT).get(setting);
        return own != null || earlier.isEmpty() ? own : earlier.getLast().value();
    }

    /** Every write that was asked for, in order, whatever became of it. */
    public synchronized List<Write> asked() {
        return List.copyOf(asked);
    }

    /** All that is there, to be compared. */
    public synchronized Map<Place, Map<String, String>> everything() {
        var all = new EnumMap<Place, Map<String, String>>(Place.class);
        values.forEach((place, texts) -> all.put(place, new TreeMap<>(texts)));
        return all;
    }

    @Override
    public synchronized Reading read(String setting, Place place) {
        String why = unreadable.get(place);
        if (why != null) {
            return new Reading.Unknown(why);
        }
        String text = in(place).get(setting);
        return text == null ? new Reading.Unset() : new Reading.Value(text);
    }

    @Override
    public synchronized ActOutcome write(String setting, Place place, @Nullable String text) {
        var write = new Write(setting, place, text);
        asked.add(write);
        ActOutcome instead = interceptor.at(Moment.BEFORE, write);
        if (instead != null) {
            return instead;
        }
        ActOutcome outcome = written(write);
        instead = outcome instanceof ActOutcome.Done ? interceptor.at(Moment.AFTER, write) : null;
        return instead != null ? instead : outcome;
    }

    private ActOutcome written(Write write) {
        ActOutcome obstacle = obstacle(write.setting(), write.place());
        if (obstacle != null) {
            return obstacle;
        }
        if (write.place() == Place.PERSISTENT) {
            if (write.text() == null) {
                in(Place.PERSISTENT).remove(write.setting());
            } else {
                in(Place.PERSISTENT).put(write.setting(), spaced(write.text()));
            }
            return new ActOutcome.Done();
        }
        if (write.text() == null) {
            return new ActOutcome.Failed("a running setting always has a value");
        }
        try {
            in(Place.RUNNING).put(write.setting(), inKernelWords(write.setting(), spaced(write.text())));
            return new ActOutcome.Done();
        } catch (IllegalArgumentException e) {
            return new ActOutcome.Failed("the kernel refuses '" + write.text() + "': " + e.getMessage());
        }
    }

    private static String inKernelWords(String setting, String text) {
        boolean zero = text.equals("0") || text.startsWith("0,") || text.startsWith("0-");
        return setting.equals(LIST) && !zero ? PortSet.parse(text).toString() : text;
    }

    private static String spaced(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @Override
    public synchronized @Nullable ActOutcome obstacle(String setting, Place place) {
        if (obstacles.containsKey(place)) {
            return obstacles.get(place);
        }
        return place == Place.RUNNING && !in(place).containsKey(setting)
                ? new ActOutcome.NotOnThisSystem("this kernel has no " + setting)
                : null;
    }

    @Override
    public synchronized @Nullable Persistence persistence(String setting) {
        return filesApply
                ? new Persistence(FILE, before.getOrDefault(setting, List.of()), after.getOrDefault(setting, List.of()))
                : null;
    }

    @Override
    public synchronized @Nullable String caveat(Place place) {
        return caveats.get(place);
    }

    @Override
    public synchronized List<String> dependents(String service) {
        return dependents.getOrDefault(service, List.of());
    }

    @Override
    public synchronized String startId() {
        return "start-" + starts;
    }

    @Override
    public synchronized @Nullable Long cookie() {
        return cookie;
    }

    private Map<String, String> in(Place place) {
        return values.getOrDefault(place, new TreeMap<>());
    }
}
