package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.ground.Ran;
import dev.berth.lab.ground.Running;
import dev.berth.lab.program.Forgetful;
import dev.berth.lab.program.Greeter;
import java.io.IOException;
import java.util.List;

/** Sockets that are bound and forgotten hold ports that no listing shows, and a server's is among them. */
public final class BoundOnly implements Scenario {
    private static final int PORT = 40_101;
    private static final String SERVER = "billing " + PORT;
    private static final int FORGOTTEN = 100;
    private static final String CLIENT = "replica " + FORGOTTEN + " 127.0.0.1";
    private static final Need LSOF = Need.program("lsof", "lsof").only("what lsof shows");

    private static final Need PGREP = Need.program("pgrep", "procps").only("what lsof shows");

    @Override
    public String name() {
        return "bound-only";
    }

    @Override
    public String summary() {
        return "sockets that were bound and forgotten keep a server from its port, and few lists show them";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Need.program("ss", "iproute2"), Need.linux(6, 8), LSOF, PGREP);
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.ground().program("billing", Greeter.class);
        stage.ground().program("replica", Forgetful.class);
        Running replica = happen(stage);
        look(stage);
        ask(stage);
        recover(stage, replica);
        prevent(stage);
    }

    private static Running happen(Stage stage) throws LabException, IOException, InterruptedException {
        stage.part("A client forgets what it has bound");
        stage.say(
                "'replica' wants a certain source address: it binds a socket to that address and port 0, and then looks up whom to"
                        + " call. When the lookup fails it forgets the socket, open. For each the kernel has chosen a port of the dynamic"
                        + " range, the odd ones first: connect prefers ports of the parity of the range's first port, bind to port 0 the others. The range is 200 ports here, so that "
                        + FORGOTTEN
                        + " failed lookups take every"
                        + " odd port; in the kernel's own range of 28,232 the same takes longer.");
        stage.type("echo 40000 40199 >/proc/sys/net/ipv4/ip_local_port_range");
        Running replica = stage.start(stage.machine(), "replica", CLIENT, "bound=" + FORGOTTEN);
        stage.say("The server 'billing' listens on " + PORT + ", and is started after that.");
        Ran start = stage.type(SERVER);
        stage.claim(start.exitCode() != 0, "the server cannot start");
        return replica;
    }

    private static void look(Stage stage) throws LabException, IOException, InterruptedException {
        stage.part("What the usual tools show");
        Ran ss = stage.type("ss -tan");
        stage.claim(!ss.output().contains(":" + PORT), "ss -tan does not show the socket");
        stage.say(
                "Not one TCP socket, in any state. ss and netstat list sockets that listen, are connected, or were; one that"
                        + " is only bound is none of these.");
        if (stage.machine().run("ss --help 2>&1 | grep bound-inactive").exitCode() == 0) {
            stage.type("ss -tan --bound-inactive 'sport = :" + PORT + "'");
            stage.say("This ss, of iproute2 6.8 or newer, shows it when it is asked in so many words.");
        } else {
            stage.say("From iproute2 6.8 on, ss shows it with --bound-inactive; this one is older.");
        }
        if (stage.has(LSOF) && stage.has(PGREP)) {
            stage.type("lsof -nP -i TCP:" + PORT);
            stage.type("lsof -nP -p $(pgrep -x replica) | tail -2");
            stage.say(
                    "By its port lsof does not find it. In the list of the process there are sockets, without their ports.");
        }
    }

    private static void ask(Stage stage) throws LabException, IOException, InterruptedException {
        stage.part("What Berth shows");
        Ran why = stage.type("berth why " + PORT);
        stage.claim(
                why.exitCode() == 1 && why.output().contains("neither listening nor connected"),
                "berth why names the process that has bound " + PORT + ", and its user");
        Ran doctor = stage.type("berth doctor");
        stage.claim(
                doctor.output().contains("has bound " + FORGOTTEN + " sockets"),
                "berth doctor finds all that the process has bound");
    }

    private static void recover(Stage stage, Running replica) throws LabException, IOException, InterruptedException {
        stage.part("The port back");
        stage.say(
                "There is no connection to cut, and the kernel cannot take a bound socket from its process. So the process has to"
                        + " end, or to close it.");
        Ran free = stage.type("berth free " + PORT + " --yes");
        stage.claim(free.exitCode() == 0 && !replica.isAlive(), "the client was asked to end, and has ended");
        Running billing = stage.start(stage.machine(), "billing", SERVER, "listening");
        stage.claim(billing.isAlive(), "the server starts");
        billing.stop();
    }

    private static void prevent(Stage stage) throws LabException, IOException, InterruptedException {
        stage.part("Never again");
        stage.say(
                "The client is to be corrected: with IP_BIND_ADDRESS_NO_PORT a bind to a source address takes no port before the"
                        + " connect. Until it is, keep the server's port from it.");
        var table = new Table(
                "The client forgets " + FORGOTTEN + " sockets, then the server starts",
                new Table.Column("SOCKETS BOUND", "socketsBound", 0),
                new Table.Column("OF THEM " + PORT, "serverPortTaken", 0),
                new Table.Column("SERVERS STARTED", "serversStarted", 0));
        stage.type("berth reserve " + PORT + " --persist --yes");
        stage.start(stage.machine(), "replica", CLIENT, "bound=" + FORGOTTEN);
        boolean taken = stage.type("berth who " + PORT).exitCode() == 1;
        Running billing = stage.start(stage.machine(), "billing", SERVER, "listening");
        stage.claim(
                !taken && billing.isAlive(), "with its port reserved the server starts, whatever the client has bound");
        table.add(PORT + " not reserved", FORGOTTEN, 1, 0);
        table.add(PORT + " reserved", FORGOTTEN, 0, 1);
        stage.show(table);
    }
}
