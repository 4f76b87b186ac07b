package dev.berth.remedy.apply;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plans for a host made up for a test, each from how the host is by then; no guard rails. */
final class Wishes {
    static final String LIST = Reservation.SETTING;
    static final String REUSE = "net.ipv4.tcp_tw_reuse";
    static final String RANGE = "net.ipv4.ip_local_port_range";
    static final String SERVICE = WindowsSetting.service("MSSQLSERVER");
    static final String EXCLUDED = WindowsSetting.excludedPorts(Protocol.TCP, Family.IPV4);
    static final String DYNAMIC = WindowsSetting.dynamicPorts(Protocol.TCP);
    static final String REGISTRY = WindowsSetting.registry("MaxUserPort");
    static final NetworkNamespace HERE = new NetworkNamespace(7, null);

    private Wishes() {}

    /** What is wanted of a host. */
    interface Wish {
        /** The steps there; none where it is so already. */
        Plan on(HostTuning host);
    }

    static FakeTuning host() {
        return host((_, _) -> null);
    }

    /** The same, whose writes are interfered with. */
    static FakeTuning host(FakeTuning.Interceptor interceptor) {
        return new FakeTuning(interceptor)
                .running(LIST, "8080-8090")
                .running(REUSE, "2")
                .running(RANGE, "32768 60999")
                .running(SERVICE, WindowsSetting.RUNNING)
                .persistent(EXCLUDED, "50000-50059")
                .persistent(DYNAMIC, "49152-65535 ipv6 1024-15000");
    }

    /** Ports of which no two are neighbours: six bytes each, of which a page holds 682. */
    static String ports(int first, int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + (first + 2 * i)).collect(Collectors.joining(","));
    }

    static Wish reserve(String ports, Place... places) {
        return host -> plan(places, place -> {
            String from = text(host.read(LIST, place));
            ReservedList list = list(carried(host, from));
            return step(LIST, place, from, list.plus(list(ports)).toString(), PortSet.parse(ports));
        });
    }

    private static ReservedList list(@Nullable String text) {
        return Objects.requireNonNull(SettingValue.readable(text));
    }

    /** What is reserved anywhere stays so in the file as well. */
    private static @Nullable String carried(HostTuning host, @Nullable String from) {
        return from == null ? text(host.read(LIST, Place.RUNNING)) : from;
    }

    /** Ports that files reserve come along, without having been asked for. */
    static Wish reserveAlong(String ports, String inFiles, Place... places) {
        return host -> plan(places, place -> {
            String from = text(host.read(LIST, place));
            ReservedList list = list(from).plus(list(ports)).plus(list(inFiles));
            return step(LIST, place, from, list.toString(), PortSet.parse(ports));
        });
    }

    /** As Windows has it done: the service that holds them lets go, they are excluded, and it starts again. */
    static Wish exclude(String ports) {
        return host -> {
            String from = text(host.read(EXCLUDED, Place.PERSISTENT));
            String to = list(from).plus(list(ports)).toString();
            return new Plan(
                    HERE,
                    List.of(
                            service(WindowsSetting.RUNNING, WindowsSetting.STOPPED),
                            new Step(
                                    EXCLUDED,
                                    Place.PERSISTENT,
                                    from,
                                    to,
                                    Fix.Risk.LOW,
                                    "for a test",
                                    PortSet.parse(ports)),
                            service(WindowsSetting.STOPPED, WindowsSetting.RUNNING)),
                    List.of());
        };
    }

    private static Step service(String from, String to) {
        return new Step(SERVICE, Place.RUNNING, from, to, Fix.Risk.MEDIUM, "for a test");
    }

    static Wish unreserve(String ports, Place... places) {
        return host -> plan(places, place -> {
            String from = text(host.read(LIST, place));
            ReservedList list = list(from);
            String to = from == null ? null : list.minus(list(ports)).toString();
            return step(LIST, place, from, to, PortSet.parse(ports));
        });
    }

    static Wish set(String setting, String value, Place... places) {
        return host ->
                plan(places, place -> step(setting, place, text(host.read(setting, place)), value, PortSet.EMPTY));
    }

    /** Any of the above. */
    static Wish any(Random random) {
        Place[] places = places(random);
        return switch (random.nextInt(6)) {
            case 0, 1 -> reserve(somePorts(random), places);
            case 2 -> unreserve(somePorts(random), places);
            case 3 -> set(REUSE, "" + random.nextInt(3), places);
            case 4 -> set(RANGE, (10_000 + random.nextInt(3)) + " 60999", places);
            default -> reserve(ports(20_000 + 1_000 * random.nextInt(3), 2_000), places);
        };
    }

    private static Place[] places(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Place[] {Place.RUNNING};
            case 1 -> new Place[] {Place.PERSISTENT};
            case 2 -> new Place[] {Place.RUNNING, Place.PERSISTENT};
            default -> new Place[] {Place.PERSISTENT, Place.RUNNING};
        };
    }

    private static String somePorts(Random random) {
        return random.ints(1 + random.nextInt(3), 8_085, 8_095)
                .sorted()
                .distinct()
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    private interface InOnePlace {
        @Nullable
        Step step(Place place);
    }

    private static Plan plan(Place[] places, InOnePlace each) {
        var steps = new ArrayList<Step>();
        for (Place place : places) {
            Step step = each.step(place);
            if (step != null) {
                steps.add(step);
            }
        }
        return new Plan(HERE, steps, List.of());
    }

    private static @Nullable Step step(
            String setting, Place place, @Nullable String from, @Nullable String to, PortSet asked) {
        return SettingValue.same(setting, from, to)
                ? null
                : new Step(setting, place, from, to, Fix.Risk.LOW, "for a test", asked);
    }

    private static @Nullable String text(Reading reading) {
        return reading instanceof Reading.Value(String text) ? text : null;
    }
}
