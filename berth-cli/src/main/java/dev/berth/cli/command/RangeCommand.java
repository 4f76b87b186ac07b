package dev.berth.cli.command;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

final class RangeCommand implements Changing {
    static CommandSpec spec() {
        return new CommandSpec(
                "range",
                "the dynamic range, which clients are given their ports from: show or set it",
                "[show | set A-B]",
                0,
                2,
                List.of("show", "set"),
                ChangeOptions.with(
                        OptionSpec.choice(
                                "protocol", "both unless given; Linux has one range for both", "tcp", "udp", "both"),
                        ChangeOptions.PERSIST,
                        ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth range", "what it is, as `berth ranges` says it"),
                        new CommandSpec.Example("berth range set 10240-65535 --dry-run", "what would be changed?"),
                        new CommandSpec.Example("berth range set 10240-65535 --persist", "now, and after each restart"),
                        new CommandSpec.Example("berth range set 49152-65535 --protocol udp", "Windows: of UDP only")),
                ChangeOptions.EXITS);
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        List<String> words = arguments.operands();
        boolean shows = words.isEmpty() || words.equals(List.of("show"));
        return shows ? new RangesCommand().run(arguments, console) : Changing.super.run(arguments, console);
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console) throws UsageException {
        PortRange range = range(arguments);
        PlanOptions options = ChangeOptions.planning(arguments);
        List<Aim> aims = ChangeOptions.protocols(arguments, EnumSet.allOf(Protocol.class)).stream()
                .<Aim>map(protocol -> new Aim.Draw(range, protocol))
                .toList();
        return terrain -> ChangeOptions.forProtocols(
                Planning.outline(aims, terrain, options), terrain, arguments, "dynamic range");
    }

    private static PortRange range(Arguments arguments) throws UsageException {
        List<String> words = arguments.operands();
        if (words.size() != 2 || !words.getFirst().equals("set")) {
            throw Arguments.usage(
                    arguments.spec(), "berth range takes set A-B", "it changes nothing without knowing what to");
        }
        String text = words.getLast();
        try {
            if (text.indexOf('-') > 0) { // one port alone is no range to draw from
                return PortRange.parse(text);
            }
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(
                    arguments.spec(), "'" + text + "' is no range of ports", String.valueOf(e.getMessage()));
        }
        throw Arguments.usage(
                arguments.spec(), "'" + text + "' is no range of ports", "it takes A-B, like 32768-60999");
    }
}
