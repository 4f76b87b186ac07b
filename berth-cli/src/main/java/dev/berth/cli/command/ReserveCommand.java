package dev.berth.cli.command;

import dev.berth.cli.json.ChangeJson;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.diagnosis.Aim;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.apply.ChangeReport;
import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code berth reserve} and, the other way round, {@code berth unreserve}. */
final class ReserveCommand implements Changing {
    private static final OptionSpec PROTOCOL =
            OptionSpec.choice("protocol", "tcp unless given; Linux keeps one list for both", "tcp", "udp", "both");

    /** The option that no plan on paper has: freeing is no change of settings. */
    static final String FREE = "free";

    private static final String START = "start";

    static CommandSpec spec() {
        return new CommandSpec(
                "reserve",
                "keep ports for servers: no client is given them any more",
                "P[-Q]…",
                1,
                CommandSpec.ANY_NUMBER,
                List.of(),
                ChangeOptions.with(
                        PROTOCOL,
                        ChangeOptions.PERSIST,
                        OptionSpec.flag(FREE, "first end who holds it, in the gentlest way; that cannot be undone"),
                        OptionSpec.value(START, "SERVICE", "start it in the end (Windows)"),
                        ChangeOptions.RESTART_SERVICES,
                        ChangeOptions.RESTART_WINNAT,
                        ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth reserve 1433 --dry-run", "what would be changed?"),
                        new CommandSpec.Example("berth reserve 1433 --persist", "now, and after each restart"),
                        new CommandSpec.Example(
                                "berth reserve 8080-8090 5432", "until the next restart; on Windows for good"),
                        new CommandSpec.Example(
                                "berth reserve 1433 --restart-services", "Windows: although its service runs"),
                        new CommandSpec.Example(
                                "berth reserve 1433 --free --start MSSQLSERVER",
                                "Windows: although another program has it")),
                ChangeOptions.EXITS);
    }

    static CommandSpec releaseSpec() {
        return new CommandSpec(
                "unreserve",
                "give reserved ports back to automatic choice",
                "P[-Q]…",
                1,
                CommandSpec.ANY_NUMBER,
                List.of(),
                ChangeOptions.with(PROTOCOL, ChangeOptions.PERSIST, ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth unreserve 1433", "until the next restart; on Windows for good"),
                        new CommandSpec.Example(
                                "berth unreserve 1433 --persist", "Linux: and out of Berth's own file")),
                ChangeOptions.EXITS);
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        return arguments.has(FREE) ? freeAndReserve(arguments, console) : Changing.super.run(arguments, console);
    }

    private static int freeAndReserve(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        PortSet ports = PortOperands.of(arguments);
        if (ports.size() != 1 || "both".equals(arguments.value(PROTOCOL.name()))) {
            throw Arguments.usage(
                    arguments.spec(), "--free takes one port of one protocol", "whoever holds it is ended for good");
        }
        HostNetwork host = console.host();
        int port = ports.ranges().getFirst().first();
        var question = new WhyQuestion(port, arguments.protocol(), null, true);
        var freeing = PortFreeing.of(console, host, question, PortFreeing.GENTLY);
        NotChanged refused = freeing.inTheWay();
        if (refused != null) {
            throw failure(console, freeing, refused);
        }
        if (!console.json()) {
            console.page().blank();
        }
        try {
            return reserve(arguments, console, new ChangeRun(arguments, console, host, freeing), freeing);
        } catch (NotDoneException e) {
            throw freeing.acted() && freeing.inTheWay() == null
                    ? new NotDoneException(
                            e.code(), e.getMessage() + ", after port %d was freed".formatted(port), e.why(), e.next())
                    : e;
        }
    }

    private static int reserve(Arguments arguments, Console console, ChangeRun run, PortFreeing freeing)
            throws UsageException, NotDoneException, HostReadException, IOException {
        ChangeReport report = run.carryOut(planner(arguments, freeing));
        if (console.json()) {
            ChangeJson.write(
                    console.bytes(),
                    arguments.spec().name(),
                    arguments.typed(),
                    report,
                    freeing.json(arguments.has("dry-run")));
        }
        if (!(report.end() instanceof ChangeReport.End.Held(NotChanged told))) {
            return run.end(report);
        }
        if (!console.json()) {
            throw failure(console, freeing, told);
        }
        return freeing.code();
    }

    private static NotDoneException failure(Console console, PortFreeing freeing, NotChanged told) throws IOException {
        console.flush();
        return new NotDoneException(freeing.code(), told.what(), told.why(), told.next());
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console) throws UsageException {
        return planner(arguments, (PortFreeing) null);
    }

    /**
     * @param first what frees the port first; null for nothing
     */
    private static ChangeRun.Planner planner(Arguments arguments, @Nullable PortFreeing first) throws UsageException {
        PortSet ports = PortOperands.of(arguments);
        boolean reserve = arguments.spec().name().equals("reserve");
        var aims = new ArrayList<Aim>();
        for (Protocol protocol : ChangeOptions.protocols(arguments, EnumSet.of(Protocol.TCP))) {
            aims.add(reserve ? new Aim.Reserve(ports, protocol) : new Aim.Release(ports, protocol));
        }
        String service = arguments.value(START);
        if (service != null) {
            aims.add(new Aim.Assign(WindowsSetting.service(service), WindowsSetting.RUNNING));
        }
        PlanOptions options = ChangeOptions.planning(arguments);
        return terrain -> {
            if (service != null && !terrain.isWindows()) {
                throw new NotDoneException(
                        ExitCode.NOT_POSSIBLE,
                        "cannot start " + service,
                        "Berth starts services on Windows only; here it is left to systemd",
                        "leave out --start, and then: systemctl start " + service);
            }
            boolean held = first != null && first.isToDo();
            Plan plan = Planning.outline(aims, terrain, held ? options.freed(ports) : options);
            if (first != null && (held || first.acted())) {
                plan = plan.noting("What frees the port comes first; berth rollback takes back the settings alone.");
            }
            return ChangeOptions.forProtocols(plan, terrain, arguments, "list of reserved ports");
        };
    }
}
