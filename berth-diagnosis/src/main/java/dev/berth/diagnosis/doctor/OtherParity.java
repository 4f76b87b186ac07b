package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which processes have their outgoing connections on the ports that Linux gives to bind(…, 0), though it would have given
 * others to connect(): see net/ipv4/inet_hashtables.c and inet_connection_sock.c. Connections to destinations for which the
 * ports tried first are half used up say nothing, and are left out.
 */
final class OtherParity {
    private static final double FAR_FROM_USED_UP = 0.5;

    private final Survey survey;
    private final Processes processes;
    private final int preferredParity;
    private final boolean[] telling; // for each tuple space

    private OtherParity(Survey survey, Processes processes, PortRange dynamic, PortSet usable) {
        this.survey = survey;
        this.processes = processes;
        this.preferredParity = dynamic.first() & 1;
        this.telling = new boolean[survey.spaces().size()];
        double enough = usable.sizeWithParityOf(dynamic.first()) * FAR_FROM_USED_UP;
        for (int space = 0; space < telling.length; space++) {
            telling[space] = survey.tally().preferred(space) < enough;
        }
    }

    /**
     * A process and the connections that tell something of it.
     *
     * @param other how many of them are on the other parity
     * @param localPorts how many different local ports they have
     */
    record Client(int pid, int connections, int other, int localPorts) {}

    /** Every process with at least {@code fewest} connections on the other parity. */
    static List<Client> clients(Survey survey, PortPolicy policy, Processes processes, int fewest) {
        PortRange dynamic = policy.dynamic();
        return dynamic == null
                ? List.of()
                : new OtherParity(survey, processes, dynamic, policy.drawable().minus(survey.ownedPorts()))
                        .clients(fewest);
    }

    /** How many living connections are on the other parity: as a rule none, and then nobody needs to be asked whose. */
    static int count(Survey survey, PortPolicy policy) {
        PortRange dynamic = policy.dynamic();
        int count = 0;
        if (dynamic != null) {
            for (int i = 0; i < survey.localPorts().size(); i++) {
                count += (survey.localPorts().port(i) ^ dynamic.first()) & 1;
            }
        }
        return count;
    }

    private List<Client> clients(int fewest) {
        if (connectionsOnOther() < fewest) {
            return List.of();
        }
        int[] suspects = pidsWithOnOther(fewest);
        long[] held = new long[survey.connections().size()]; // pid << 32 | local port
        int size = 0;
        for (int i = 0; suspects.length > 0 && i < held.length; i++) {
            int pid = tells(i) ? processes.firstPidHolding(survey.connections().inode(i)) : 0;
            if (Arrays.binarySearch(suspects, pid) >= 0) {
                held[size++] = (long) pid << 32 | survey.localPorts().port(i);
            }
        }
        Arrays.sort(held, 0, size);
        var clients = new ArrayList<Client>();
        for (int at = 0; at < size; ) {
            int end = at;
            int other = 0;
            int localPorts = 0;
            for (; end < size && held[end] >>> 32 == held[at] >>> 32; end++) {
                other += (held[end] & 1) != preferredParity ? 1 : 0;
                localPorts += end == at || held[end] != held[end - 1] ? 1 : 0;
            }
            clients.add(new Client((int) (held[at] >>> 32), end - at, other, localPorts));
            at = end;
        }
        return clients;
    }

    private int connectionsOnOther() {
        int count = 0;
        for (int i = 0; i < survey.connections().size(); i++) {
            count += isOnOther(i) ? 1 : 0;
        }
        return count;
    }

    private int[] pidsWithOnOther(int fewest) {
        int[] pids = new int[connectionsOnOther()];
        int size = 0;
        for (int i = 0; i < survey.connections().size(); i++) {
            if (isOnOther(i)) {
                pids[size++] = processes.firstPidHolding(survey.connections().inode(i));
            }
        }
        Arrays.sort(pids, 0, size);
        int found = 0;
        for (int at = 0; at < size; ) {
            int end = at;
            while (end < size && pids[end] == pids[at]) {
                end++;
            }
            if (pids[at] != 0 && end - at >= fewest) {
                pids[found++] = pids[at];
            }
            at = end;
        }
        return Arrays.copyOf(pids, found);
    }

    private boolean tells(int connection) {
        return telling[survey.connections().number(connection)];
    }

    private boolean isOnOther(int connection) {
        return tells(connection) && (survey.localPorts().port(connection) & 1) != preferredParity;
    }
}
