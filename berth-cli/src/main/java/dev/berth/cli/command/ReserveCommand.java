package dev.berth.cli.command;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import java.util.EnumSet;
import java.util.List;

/** {@code berth reserve} and, the other way round, {@code berth unreserve}. */
final class ReserveCommand implements Changing {
    private static final OptionSpec PROTOCOL =
            OptionSpec.choice("protocol", "tcp unless given; Linux keeps one list for both", "tcp", "udp", "both");

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
                        ChangeOptions.RESTART_SERVICES,
                        ChangeOptions.RESTART_WINNAT,
                        ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth reserve 1433 --dry-run", "what would be changed?"),
                        new CommandSpec.Example("berth reserve 1433 --persist", "now, and after each restart"),
                        new CommandSpec.Example(
                                "berth reserve 8080-8090 5432", "until the next restart; on Windows for good"),
                        new CommandSpec.Example(
                                "berth reserve 1433 --restart-services", "Windows: although its service runs")),
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
    public ChangeRun.Planner planner(Arguments arguments, Console console) throws UsageException {
        PortSet ports = PortOperands.of(arguments);
        boolean reserve = arguments.spec().name().equals("reserve");
        List<Aim> aims = ChangeOptions.protocols(arguments, EnumSet.of(Protocol.TCP)).stream()
                .<Aim>map(protocol -> reserve ? new Aim.Reserve(ports, protocol) : new Aim.Release(ports, protocol))
                .toList();
        PlanOptions options = ChangeOptions.planning(arguments);
        return terrain -> ChangeOptions.forProtocols(
                Planning.outline(aims, terrain, options), terrain, arguments, "list of reserved ports");
    }
}
