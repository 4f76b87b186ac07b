package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.bench.Contender.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands of a scene, and which of them are compared. */
record LineUp(List<Contender> contenders, List<Pair> pairs) {
    private static final String WHO = "berth who ";
    private static final String SS = "ss -tanp";
    private static final String SS_WITHOUT_OWNERS = "ss -tan";
    private static final String SS_LISTENERS = "ss -tlnp";
    private static final String LSOF = "lsof -nPiTCP";
    private static final String NETSTAT = "netstat -tanp";
    private static final String FLOOR = "floor";
    private static final String HELLO = "hello world";

    static LineUp quiet(Tools tools) throws LabException, IOException, InterruptedException {
        var contenders = new ArrayList<Contender>();
        contenders.add(new Contender(HELLO, Kind.FLOOR, tools.hello(), null));
        contenders.add(tools.berth("who", "1"));
        contenders.addAll(tools.launched("who", "1"));
        contenders.add(ss(SS_LISTENERS));
        return new LineUp(contenders, List.of(new Pair(WHO + 1, HELLO)));
    }

    static LineUp typical(Tools tools) {
        return withOwners(tools, 903);
    }

    static LineUp established(Tools tools) {
        return withOwners(tools, 905);
    }

    /**
     * @param port one that is listened on
     */
    private static LineUp withOwners(Tools tools, int port) {
        String lsofOfPort = "lsof -nPiTCP:" + port + " -sTCP:LISTEN";
        String fuser = "fuser " + port + "/tcp";
        var contenders = List.of(
                tools.floor(),
                tools.berth("who", Integer.toString(port)),
                tools.berth("why", Integer.toString(port)),
                tools.berth("list", "--no-owners"),
                tools.berth("list"),
                tools.berth("doctor", "--no-owners"),
                tools.berth("doctor"),
                ss(SS_WITHOUT_OWNERS),
                ss(SS_LISTENERS),
                ss(SS),
                peer(LSOF, "lsof"),
                peer(lsofOfPort, "lsof"),
                peer(fuser, "psmisc"),
                peer(NETSTAT, "net-tools"),
                tools.psutil(),
                tools.oshi());
        var pairs = Stream.of(
                        against("berth who " + port, SS_LISTENERS, lsofOfPort, fuser, NETSTAT),
                        against("berth list", SS, LSOF, NETSTAT, Tools.PSUTIL, Tools.OSHI),
                        against("berth doctor", SS, LSOF, NETSTAT, Tools.OSHI),
                        against("berth list --no-owners", SS_WITHOUT_OWNERS),
                        against("berth doctor --no-owners", SS_WITHOUT_OWNERS, FLOOR))
                .flatMap(List::stream)
                .toList();
        return new LineUp(contenders, pairs);
    }

    /** Nobody owns such a socket. */
    static LineUp timeWait(Tools tools) {
        var contenders = List.of(
                tools.floor(),
                tools.berth("list", "--no-owners"),
                tools.berth("doctor", "--no-owners"),
                ss(SS_WITHOUT_OWNERS),
                peer("netstat -tan", "net-tools"));
        var pairs = Stream.of(
                        against("berth doctor --no-owners", SS_WITHOUT_OWNERS, "netstat -tan", FLOOR),
                        against("berth list --no-owners", SS_WITHOUT_OWNERS))
                .flatMap(List::stream)
                .toList();
        return new LineUp(contenders, pairs);
    }

    private static List<Pair> against(String top, String... bottoms) {
        return Stream.of(bottoms).map(bottom -> new Pair(top, bottom)).toList();
    }

    private static Contender ss(String line) {
        return peer(line, "iproute2");
    }

    private static Contender peer(String line, String debianPackage) {
        List<String> words = List.of(line.split(" ", -1));
        return new Contender(line, Kind.PEER, words, Need.program(words.getFirst(), debianPackage));
    }
}
