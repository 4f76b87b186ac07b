package dev.berth.cli.command;

import dev.berth.cli.look.Examination;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Nearest;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Terrain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

final class FixCommand implements Changing {
    static CommandSpec spec() {
        return new CommandSpec(
                "fix",
                "do what the doctor, or `why PORT`, advises under that name",
                "ID [PORT]",
                1,
                2,
                Fix.OF_SETTINGS,
                ChangeOptions.with(Commands.PROTOCOL, ChangeOptions.PERSIST, ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth fix widen-range --dry-run", "what would be changed?"),
                        new CommandSpec.Example("berth fix reserve-port 1433", "what `berth why 1433` advises"),
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
            return plan(arguments, id, offered, terrain, options);
        };
    }

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

    private static Plan plan(Arguments arguments, String id, List<Fix> offered, Terrain terrain, PlanOptions options)
            throws PlanRefusedException, UsageException, NotDoneException {
        List<Fix> meant = offered.stream().filter(fix -> fix.id().equals(id)).toList();
        if (meant.isEmpty()) {
            return notOffered(arguments, id, offered, terrain);
        }
        var aims = new LinkedHashSet<Aim>();
        meant.forEach(fix -> aims.addAll(fix.aims()));
        if (aims.isEmpty()) {
            throw noSetting(meant.getFirst());
        }
        boolean persist = options.persist() || meant.stream().anyMatch(Fix::persistent);
        return Planning.outline(List.copyOf(aims), terrain, new PlanOptions(persist, options.force()));
    }

    /** A fix that has been done is not offered any more, and then there is nothing to do: that is no mistake. */
    private static Plan notOffered(Arguments arguments, String id, List<Fix> offered, Terrain terrain)
            throws UsageException {
        if (Fix.OF_SETTINGS.contains(id)) {
            return new Plan(terrain.netns(), List.of(), List.of("Nothing that was found calls for " + id + " now."));
        }
        String onOffer = offered.stream()
                .filter(fix -> !fix.aims().isEmpty())
                .map(Fix::id)
                .distinct()
                .collect(Collectors.joining(", "));
        String nearest = Nearest.to(id, Fix.OF_SETTINGS);
        throw new UsageException(
                "'" + id + "' is no fix",
                nearest == null
                        ? onOffer.isEmpty() ? "nothing is on offer that changes a setting" : "on offer are " + onOffer
                        : "did you mean " + nearest + "?",
                arguments.operands().size() < 2
                        ? "berth doctor"
                        : "berth why " + arguments.operands().getLast());
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
