package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import java.util.BitSet;
import java.util.List;

/**
 * Which processes have their outgoing connections on the ports that Linux gives to bind(…, 0), though it would have given
 * others to connect(): see net/ipv4/inet_hashtables.c and inet_connection_sock.c. Two kinds of connections say nothing, and
 * are left out: those to destinations for which the ports tried first are half used up, and those that may as well have come
 * in on a port which bind drew for a listener that is closed since, as for the transfers of passive FTP.
 */
final class OtherParity {
    private static final double FAR_FROM_USED_UP = 0.5;

    /** The lowest port that a peer draws for itself by default: Linux begins there, Windows and others higher. */
    private static final int DRAWN_BY_PEERS = 32_768;

    /** Clients that come from one address draw the same port twice by chance, hardly ever thrice. */
    private static final int SEVERAL = 3;

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
            telling[space] = survey.tally().preferred(space) < enough && isServer(space, dynamic);
        }
    }

    /** Whether the remote end is one that is connected to: a port no client draws, or one that several connections share. */
    private boolean isServer(int space, PortRange dynamic) {
        int port = survey.spaces().port(space);
        return port < DRAWN_BY_PEERS && !dynamic.contains(port)
                || survey.tally().inUse(space) >= SEVERAL;
    }

    /**
     * Every process with at least {@code fewest} telling connections on the other parity, and all its telling ones. Those that
     * nobody is known to hold count as of one process with id 0.
     */
    static List<ClientPorts> clients(Survey survey, PortPolicy policy, Processes processes, int fewest) {
        PortRange dynamic = policy.dynamic();
        return dynamic == null
                ? List.of()
                : new OtherParity(survey, processes, dynamic, policy.drawable().minus(survey.ownedPorts()))
                        .clients(fewest);
    }

    /** How many living connections are on the other parity. */
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

    private List<ClientPorts> clients(int fewest) {
        int onOther = 0;
        for (int i = 0; i < survey.connections().size(); i++) {
            onOther += isOnOther(i) ? 1 : 0;
        }
        if (onOther < fewest) { // as a rule there is none, and then nobody needs to be asked whose they are
            return List.of();
        }
        var suspects = new BitSet();
        var others = new ClientPorts.Gathering(onOther);
        for (int i = 0; i < survey.connections().size(); i++) {
            if (isOnOther(i)) {
                others.add(pidOf(i), survey.localPorts().port(i));
            }
        }
        others.withAtLeast(fewest).forEach(client -> suspects.set(client.pid()));
        var telling = new ClientPorts.Gathering(survey.connections().size());
        for (int i = 0; !suspects.isEmpty() && i < survey.connections().size(); i++) {
            int pid = tells(i) ? pidOf(i) : 0;
            if (suspects.get(pid)) {
                telling.add(pid, survey.localPorts().port(i));
            }
        }
        return telling.withAtLeast(fewest);
    }

    private int pidOf(int connection) {
        return processes.firstPidHolding(survey.connections().inode(connection));
    }

    private boolean tells(int connection) {
        return telling[survey.connections().number(connection)];
    }

    private boolean isOnOther(int connection) {
        return tells(connection) && (survey.localPorts().port(connection) & 1) != preferredParity;
    }
}
