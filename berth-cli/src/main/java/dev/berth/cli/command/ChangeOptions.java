package dev.berth.cli.command;

import dev.berth.net.Protocol;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.Terrain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options that commands which change settings share. */
final class ChangeOptions {
    static final OptionSpec PERSIST =
            OptionSpec.flag("persist", "and from the next start on; on Windows it always lasts");
    static final OptionSpec FORCE = OptionSpec.flag("force", "do it although a guard rail advises against it");

    static final OptionSpec RESTART_SERVICES =
            OptionSpec.flag("restart-services", "stop and start the services that hold the ports (Windows)");
    static final OptionSpec RESTART_WINNAT =
            OptionSpec.flag("restart-winnat", "stop and start WinNAT where it has taken them (Windows)");

    /** How a change is carried out, whatever it changes. */
    static final List<OptionSpec> CARRYING_OUT = List.of(
            OptionSpec.flag("dry-run", "show what would be changed, and change nothing"),
            OptionSpec.flag("yes", "change it without asking"),
            OptionSpec.value("confirm-within", "TIME", "undo it unless `berth confirm` comes in time: 60s, 5m"));

    static final List<String> EXITS = List.of(
            "0  done and read back, or nothing to do",
            "1  a step failed, or the host changed meanwhile; nothing is changed,",
            "   or what is left is told; with --dry-run: something is to do");

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh]?)");
    private static final Duration LONGEST = Duration.ofDays(1);

    private ChangeOptions() {}

    /** These options, then those of every change. */
    static List<OptionSpec> with(OptionSpec... own) {
        var options = new ArrayList<>(List.of(own));
        options.addAll(CARRYING_OUT);
        return options;
    }

    static PlanOptions planning(Arguments arguments) {
        return planning(arguments, arguments.has(PERSIST.name()));
    }

    static PlanOptions planning(Arguments arguments, boolean persist) {
        Set<Restart> restarts = EnumSet.noneOf(Restart.class);
        if (arguments.has(RESTART_SERVICES.name())) {
            restarts.add(Restart.SERVICES);
        }
        if (arguments.has(RESTART_WINNAT.name())) {
            restarts.add(Restart.WINNAT);
        }
        return new PlanOptions(persist, arguments.has(FORCE.name()), restarts);
    }

    /**
     * The protocols that {@code --protocol} names.
     *
     * @param unsaid those where it was not given
     */
    static Set<Protocol> protocols(Arguments arguments, Set<Protocol> unsaid) {
        return switch (arguments.value("protocol")) {
            case "tcp" -> EnumSet.of(Protocol.TCP);
            case "udp" -> EnumSet.of(Protocol.UDP);
            case "both" -> EnumSet.allOf(Protocol.class);
            case null, default -> unsaid;
        };
    }

    /** A plan for some protocols; on Linux it tells that there is no such choice. */
    static Plan forProtocols(Plan plan, Terrain terrain, Arguments arguments, String what) {
        if (terrain.isWindows() || !arguments.has("protocol")) {
            return plan;
        }
        return plan.noting("Linux has one %s for TCP and UDP, so --protocol makes no difference.".formatted(what));
    }

    /** Null where the change lasts without being confirmed. */
    static @Nullable Duration confirmWithin(Arguments arguments) throws UsageException {
        String text = arguments.value("confirm-within");
        if (text == null) {
            return null;
        }
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            long number = Long.parseLong(time.group(1));
            Duration within = switch (time.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
            if (within.compareTo(LONGEST) <= 0) {
                return within;
            }
        }
        throw Arguments.usage(
                arguments.spec(),
                "--confirm-within " + text + " is no time",
                "it takes one like 60s, 5m or 1h, at most 24h");
    }
}
