package dev.berth.windows;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.system.Tools;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A netsh with a memory: prints in one language, and behaves as research/windows.md found it documented and reported. Its exit
 * codes on failure are made up, as are the words for what nobody has recorded, which are in brackets.
 */
final class FakeNetsh implements Tools {
    private static final String HELD =
            "The process cannot access the file because it is being used by another process."; // error 32
    private static final String UNFIT = "The parameter is incorrect."; // error 87; the words are not verified
    private static final List<String> NAMES = List.of("protocol", "startport", "numberofports", "store");
    private static final int LOWEST_START = 1024;
    private static final int FEWEST_PORTS = 255;

    private final NetshLanguage language;
    private final boolean separateFamilies;
    private final boolean elevated;
    private final FakeMachine machine;
    private final Map<Scope, List<Block>> exclusions = new HashMap<>();
    private final Map<Scope, PortRange> dynamic = new HashMap<>();
    private volatile Runnable before = () -> {};

    FakeNetsh(NetshLanguage language, boolean separateFamilies, boolean elevated, FakeMachine machine) {
        this.language = language;
        this.separateFamilies = separateFamilies;
        this.elevated = elevated;
        this.machine = machine;
    }

    /** A row of the table. */
    record Block(PortRange range, boolean administered, boolean persistent) {}

    List<Block> blocks(Scope scope) {
        return exclusions.computeIfAbsent(space(scope), _ -> new ArrayList<>());
    }

    /** In both families. */
    void reserve(Protocol protocol, Block block) {
        for (Family family : separateFamilies ? Family.values() : new Family[] {Family.IPV4}) {
            blocks(new Scope(protocol, family)).add(block);
        }
    }

    private Scope space(Scope scope) {
        return separateFamilies ? scope : new Scope(scope.protocol(), Family.IPV4);
    }

    void dynamic(Scope scope, PortRange range) {
        dynamic.put(space(scope), range);
    }

    PortRange dynamic(Scope scope) {
        return dynamic.getOrDefault(space(scope), new PortRange(49_152, 65_535));
    }

    void before(Runnable act) {
        before = act;
    }

    /** What is to be done before another act than a run of netsh. */
    void beforeAct() {
        before.run();
    }

    @Override
    public Run run(List<String> command, Duration limit) {
        before.run();
        synchronized (machine) {
            return command.getFirst().equals("netsh")
                    ? run(command)
                    : new Run.Missing("this Windows has no " + command.getFirst());
        }
    }

    private Run run(List<String> command) {
        Family family = command.get(2).equals("ipv6") ? Family.IPV6 : Family.IPV4;
        String verb = command.get(3);
        boolean excluded = "excludedportrange".startsWith(command.get(4));
        Map<String, String> arguments = arguments(command.subList(5, command.size()));
        var scope = new Scope("udp".equals(arguments.get("protocol")) ? Protocol.UDP : Protocol.TCP, family);
        if (verb.equals("show")) {
            return said(0, excluded ? table(scope, arguments.get("store")) : range(scope));
        }
        machine.told.add(String.join(" ", command));
        if (!elevated) {
            return said(1, language.needsElevation() + "\r\n\r\n");
        }
        PortRange range = range(arguments);
        boolean persistent = !"active".equals(arguments.get("store"));
        String failure = range == null
                ? UNFIT
                : switch (verb) {
                    case "add" -> add(scope, range, persistent);
                    case "delete" -> delete(scope, range);
                    default -> set(scope, range);
                };
        return failure == null ? said(0, language.ok() + "\r\n\r\n") : said(1, failure + "\r\n\r\n");
    }

    /** By name, of which the beginning will do, or by place. */
    private static Map<String, String> arguments(List<String> words) {
        var arguments = new HashMap<String, String>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0
                    ? NAMES.get(i)
                    : NAMES.stream()
                            .filter(known -> known.startsWith(word.substring(0, equals)))
                            .findFirst()
                            .orElseThrow();
            arguments.put(name, word.substring(equals + 1));
        }
        return arguments;
    }

    private static @Nullable PortRange range(Map<String, String> arguments) {
        int first = Integer.parseInt(arguments.getOrDefault("startport", "0"));
        int count = Integer.parseInt(arguments.getOrDefault("numberofports", "0"));
        int last = first + count - 1;
        return first >= 1 && count >= 1 && last <= 65_535 ? new PortRange(first, last) : null;
    }

    private @Nullable String add(Scope scope, PortRange range, boolean persistent) {
        PortSet ports = PortSet.of(range);
        boolean overlaps = blocks(scope).stream().anyMatch(block -> ports.intersects(PortSet.of(block.range())));
        if (overlaps || ports.ports().anyMatch(port -> machine.isHeld(scope, port))) {
            return HELD;
        }
        blocks(scope).add(new Block(range, true, persistent));
        return null;
    }

    private @Nullable String delete(Scope scope, PortRange range) {
        boolean there = blocks(scope)
                .removeIf(block -> block.administered() && block.range().equals(range));
        return there ? null : "[no such exclusion, or not one of an administrator]";
    }

    private @Nullable String set(Scope scope, PortRange range) {
        if (range.first() < LOWEST_START || range.size() < FEWEST_PORTS) {
            return UNFIT;
        }
        dynamic(scope, range);
        return null;
    }

    private String table(Scope scope, @Nullable String store) {
        var rows = new StringBuilder();
        blocks(scope).stream()
                .filter(block -> !"persistent".equals(store) || block.persistent())
                .sorted((one, other) -> one.range().compareTo(other.range()))
                .forEach(block -> rows.append("%10d  %10d  %s\r\n"
                        .formatted(block.range().first(), block.range().last(), block.administered() ? "   *" : "")));
        return language.excluded(scope.protocol(), rows.toString());
    }

    private String range(Scope scope) {
        PortRange range = dynamic(scope);
        return language.dynamic(scope.protocol(), range.first(), range.size());
    }

    private Run said(int exit, String text) {
        return new Run.Ended(exit, new String(text.getBytes(language.codePage()), StandardCharsets.ISO_8859_1), "");
    }
}
