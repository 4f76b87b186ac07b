package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.platform.ProcessInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Which processes hold the connections of each tuple space, and how many of them. */
public final class Shares {
    private Shares() {}

    /** For each space from 0 to {@code spaces - 1}, who holds its connections, with most first. */
    public static List<List<Destination.Share>> of(InodePairs connections, int spaces, Processes processes) {
        if (processes.noneKnown()) {
            return Collections.nCopies(spaces, List.of());
        }
        long[] held = new long[connections.size()]; // space << 32 | pid, so that sorting brings equal ones together
        int size = 0;
        for (int i = 0; i < held.length; i++) {
            int pid = processes.firstPidHolding(connections.inode(i));
            if (pid != 0) {
                held[size++] = (long) connections.number(i) << 32 | pid;
            }
        }
        Arrays.sort(held, 0, size);
        var shares = new ArrayList<List<Destination.Share>>(spaces);
        for (int space = 0, at = 0; space < spaces; space++) {
            int end = at;
            while (end < size && (int) (held[end] >>> 32) == space) {
                end++;
            }
            shares.add(at == end ? List.of() : shares(held, at, end, processes));
            at = end;
        }
        return shares;
    }

    private static List<Destination.Share> shares(long[] held, int from, int to, Processes processes) {
        var shares = new ArrayList<Destination.Share>();
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && held[end] == held[at]) {
                end++;
            }
            ProcessInfo process = processes.of((int) held[at]);
            if (process != null) {
                shares.add(new Destination.Share(process, end - at));
            }
            at = end;
        }
        shares.sort(Comparator.comparingInt(Destination.Share::connections).reversed());
        return shares;
    }
}
