package dev.berth.diagnosis;

import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Processes that share sockets, as a server and its workers do.
 *
 * @param first the one that started first: as a rule the others are its children and end with it
 * @param rest the others, in the order in which they started
 */
public record ProcessFamily(ProcessInfo first, List<ProcessInfo> rest) {
    private static final Comparator<ProcessInfo> BY_START = Comparator.comparing(
                    (ProcessInfo process) -> process.startedAt() == null ? Instant.MAX : process.startedAt())
            .thenComparingInt(ProcessInfo::pid);

    public ProcessFamily {
        rest = List.copyOf(rest);
    }

    /** How many more there are than the first. */
    public int others() {
        return rest.size();
    }

    /** All of them, in the order in which they started. */
    public List<ProcessInfo> members() {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    /** Whether the first process of the system holds a socket of theirs too, so that it stays open without them. */
    public boolean sharesWithTheSystem(List<Holder> holders) {
        var members = new HashSet<ProcessInfo>(members());
        var theirs = new HashSet<Long>();
        for (Holder holder : holders) {
            boolean connection = holder.protocol() == Protocol.TCP && holder.remote() != null;
            if (members.contains(holder.process()) && !connection) {
                theirs.add(holder.inode());
            }
        }
        return holders.stream().anyMatch(holder -> holder.ofTheSystem() && theirs.contains(holder.inode()));
    }

    /** The families behind {@code holders}, each process in one. The process that is the system belongs to none. */
    public static List<ProcessFamily> of(List<Holder> holders) {
        Map<Long, TreeSet<ProcessInfo>> bySocket = new LinkedHashMap<>();
        for (Holder holder : holders) {
            ProcessInfo process = holder.process();
            if (process != null && !holder.ofTheSystem()) {
                bySocket.computeIfAbsent(holder.inode(), _ -> new TreeSet<>(BY_START))
                        .add(process);
            }
        }
        Map<ProcessInfo, TreeSet<ProcessInfo>> byFirst = new LinkedHashMap<>();
        bySocket.values()
                .forEach(sharing -> byFirst.computeIfAbsent(sharing.first(), _ -> new TreeSet<>(BY_START))
                        .addAll(sharing));
        var families = new ArrayList<ProcessFamily>();
        byFirst.forEach((first, members) -> {
            boolean followsAnother = byFirst.entrySet().stream()
                    .anyMatch(other ->
                            !other.getKey().equals(first) && other.getValue().contains(first));
            if (!followsAnother) { // a worker has sockets of its own: the connections it serves
                families.add(new ProcessFamily(first, List.copyOf(members.tailSet(first, false))));
            }
        });
        return List.copyOf(families);
    }
}
