package dev.berth.cli.command;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortSet;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import java.util.List;

/** {@code berth reserve} and, the other way round, {@code berth unreserve}. */
final class ReserveCommand implements Changing {
    static CommandSpec spec() {
        return new CommandSpec(
                "reserve",
                "keep ports for servers: no client is given them any more",
                "P[-Q]…",
                1,
                CommandSpec.ANY_NUMBER,
                List.of(),
                ChangeOptions.with(ChangeOptions.PERSIST, ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth reserve 1433 --dry-run", "what would be changed?"),
                        new CommandSpec.Example("berth reserve 1433 --persist", "now, and after each restart"),
                        new CommandSpec.Example("berth reserve 8080-8090 5432", "until the next restart")),
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
                ChangeOptions.with(ChangeOptions.PERSIST, ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth unreserve 1433", "until the next restart"),
                        new CommandSpec.Example("berth unreserve 1433 --persist", "and out of Berth's own file")),
                ChangeOptions.EXITS);
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console) throws UsageException {
        PortSet ports = PortOperands.of(arguments);
        boolean reserve = arguments.spec().name().equals("reserve");
        Aim aim = reserve ? new Aim.Reserve(ports) : new Aim.Release(ports);
        PlanOptions options = ChangeOptions.planning(arguments);
        return terrain -> Planning.outline(List.of(aim), terrain, options);
    }
}
