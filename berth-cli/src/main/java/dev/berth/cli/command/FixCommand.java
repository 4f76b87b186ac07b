package dev.berth.cli.command;

import dev.berth.cli.look.Examination;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Nearest;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortPolicy;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Terrain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class FixCommand implements Changing {
    /** What no fix of Berth's does, and old advice does: the value it gives the setting. */
    private static final Map<String, String> HARMFUL =
            Map.of("net.ipv4.tcp_tw_recycle", "1", "net.ipv4.tcp_max_tw_buckets", "0");

    static CommandSpec spec() {
        return new CommandSpec(
                "fix",
                "do what the doctor, or `why PORT`, advises under that name",
                "ID [PORT]",
                1,
                2,
                Fix.OF_SETTINGS,
                ChangeOptions.with(
                        Commands.PROTOCOL,
                        ChangeOptions.PERSIST,
                        ChangeOptions.RESTART_SERVICES,
                        ChangeOptions.RESTART_WINNAT,
                        ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth fix widen-range --dry-run", "what would be changed?"),
                        new CommandSpec.Example("berth fix reserve-port 46434", "what `berth why 46434` advises"),
                        new CommandSpec.Example("berth fix reuse-time-wait --persist", "now, and after each restart")),
                ChangeOptions.EXITS);
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console) throws UsageException {
        String id = arguments.operands().getFirst();
        Integer port = arguments.operands().size() < 2 ? null : arguments.port(1);
        PlanOptions options = ChangeOptions.planning(arguments);
        return terrain -> {
            List<Fix> offered = port == null ? byDoctor(console) : byWhy(console, port, arguments.protocol());
            return plan(new Wish(arguments, id, port), offered, terrain, options);
        };
    }

    /** @param port null where the doctor is asked */
    private record Wish(
            Arguments arguments, String id, @Nullable Integer port) {}

    private static List<Fix> byDoctor(Console console) throws HostReadException, UsageException {
        var fixes = new ArrayList<Fix>();
        for (Examination examination : Examination.of(List.of(console.host()), true)) {
            for (Finding finding : examination.report().findings()) {
                fixes.addAll(finding.fixes(examination.settings()));
            }
        }
        return fixes;
    }

    private static List<Fix> byWhy(Console console, int port, Protocol protocol)
            throws HostReadException, UsageException {
        return new WhyQuestion(port, protocol, null, true)
                .ask(console.host(), console::everyNamespace)
                .explanation()
                .fixes();
    }

    private static Plan plan(Wish wish, List<Fix> offered, Terrain terrain, PlanOptions options)
            throws PlanRefusedException, UsageException, NotDoneException {
        List<Fix> meant =
                offered.stream().filter(fix -> fix.id().equals(wish.id())).toList();
        if (meant.isEmpty()) {
            refuseWhatHarms(wish.id(), terrain, options);
            return notOffered(wish, offered, terrain);
        }
        var aims = new LinkedHashSet<Aim>();
        meant.forEach(fix -> aims.addAll(fix.aims()));
        if (aims.isEmpty()) {
            throw noSetting(meant.getFirst());
        }
        boolean persist = options.persist() || meant.stream().anyMatch(Fix::persistent);
        return Planning.outline(
                List.copyOf(aims), terrain, new PlanOptions(persist, options.force(), options.restarts()));
    }

    /** What old advice names is refused for its own reason, not for want of the name. */
    private static void refuseWhatHarms(String id, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        String setting = id.startsWith("net.") ? id : "net.ipv4." + id;
        String advised = HARMFUL.get(setting);
        if (advised != null) {
            Planning.outline(List.of(new Aim.Assign(setting, advised)), terrain, options);
        }
    }

    /** A fix that has been done is not offered any more, and then there is nothing to do. */
    private static Plan notOffered(Wish wish, List<Fix> offered, Terrain terrain) throws UsageException {
        Integer port = wish.port();
        String id = wish.id();
        if (Fix.OF_SETTINGS.contains(id)) {
            PortPolicy policy = terrain.settings().policy(wish.arguments().protocol());
            if (port != null
                    && id.startsWith("reserve-port")
                    && !policy.reserved().contains(port)) {
                throw notAdvised(port, policy.dynamic());
            }
            return new Plan(terrain.netns(), List.of(), List.of("Nothing that was found calls for " + id + " now."));
        }
        String onOffer = offered.stream()
                .filter(fix -> !fix.aims().isEmpty())
                .map(Fix::id)
                .distinct()
                .collect(Collectors.joining(", "));
        String nearest = Nearest.to(id, Fix.OF_SETTINGS);
        throw new UsageException(
                port == null ? "the doctor offers no '" + id + "'" : "'" + id + "' is no fix for port " + port,
                nearest == null
                        ? onOffer.isEmpty() ? "nothing is on offer that changes a setting" : "on offer are " + onOffer
                        : "did you mean " + nearest + "?",
                port == null
                        ? "berth doctor; or, for what `berth why PORT` advises, berth fix ID PORT"
                        : "berth why " + port);
    }

    private static UsageException notAdvised(int port, @Nullable PortRange dynamic) {
        boolean drawn = dynamic == null || dynamic.contains(port);
        return new UsageException(
                "nothing calls for reserving port " + port,
                drawn
                        ? "it is not reserved, and what was found has other ways out"
                        : "it is not reserved, and lies outside the dynamic range %s: no client is given it"
                                .formatted(dynamic),
                "berth reserve %d reserves it all the same".formatted(port));
    }

    private static NotDoneException noSetting(Fix fix) {
        String command = fix.command();
        return new NotDoneException(
                ExitCode.NOT_POSSIBLE,
                fix.id() + " is no change to a setting",
                fix.summary(),
                command == null ? "do it by hand: it is not one command" : command);
    }
}
