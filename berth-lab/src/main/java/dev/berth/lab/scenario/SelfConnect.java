package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.ground.Ran;
import dev.berth.lab.ground.Running;
import dev.berth.lab.program.Caller;
import dev.berth.lab.program.Greeter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A client that waits for its server in a loop is connected to itself, and then the server cannot start. */
public final class SelfConnect implements Scenario {
    private static final int PORT = 50_000;
    private static final String SERVER = "orders " + PORT;
    private static final String CLIENT = "shop " + PORT;
    private static final int PREFERRED = (60_999 - 32_768 + 1) / 2; // the even ports of the kernel's own range

    @Override
    public String name() {
        return "self-connect";
    }

    @Override
    public String summary() {
        return "a client that retries is connected to itself, and its server cannot start";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Need.program("ss", "iproute2"));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.ground().program("orders", Greeter.class);
        stage.ground().program("shop", Caller.class);
        Running shop = happen(stage);
        long attempts = attempts(shop);
        look(stage);
        recover(stage, shop);
        prevent(stage, attempts);
    }

    private static Running happen(Stage stage) throws LabException, IOException, InterruptedException {
        stage.part("The server is down, and its client does not give up");
        stage.say("The server 'orders' listens on " + PORT
                + ", a port of the dynamic range. Its client 'shop' runs on the same"
                + " host, and calls again whenever it is refused.");
        stage.type("cat /proc/sys/net/ipv4/ip_local_port_range");
        Running shop = stage.start(stage.machine(), "shop", CLIENT, "answered:");
        stage.type("cat shop.log");
        long attempts = attempts(shop);
        stage.say("Nothing listens on " + PORT + ", and still the client is connected: attempt "
                + number(attempts) + " was given " + PORT + " as its local port, and so called itself."
                + " TCP allows that: it is a simultaneous open. The client reads back what it writes.");
        stage.say("For a port of this range the chance is about 1 in " + number(PREFERRED)
                + " an attempt: connect prefers ports of the parity of the range's first port, here the even ones (bind to port 0 prefers the others). A client that retries once a second is"
                + " connected to itself after about " + Math.round(PREFERRED / 3_600.0) + " hours.");
        Ran start = stage.type(SERVER);
        stage.claim(start.exitCode() != 0, "the server cannot start");
        return shop;
    }

    private static void look(Stage stage) throws LabException, IOException, InterruptedException {
        stage.part("What holds the port");
        stage.type("ss -ltn");
        stage.say("No listener. An operator who looks for one finds nothing.");
        Ran why = stage.type("berth why " + PORT);
        stage.claim(why.exitCode() == 1, "berth why says that a server cannot bind " + PORT);
        Ran doctor = stage.type("berth doctor");
        stage.claim(
                doctor.output().contains("connected to itself"), "berth doctor finds the client connected to itself");
    }

    private static void recover(Stage stage, Running shop) throws LabException, IOException, InterruptedException {
        stage.part("The port back");
        stage.say("Reserve first: else the client, cut off, may call itself again before the server is up.");
        stage.type("berth reserve " + PORT + " --persist --yes");
        Ran free = stage.type("berth free " + PORT + " --yes");
        stage.claim(free.exitCode() == 0 && shop.isAlive(), "the port is free, and the client still runs");
        Running orders = stage.start(stage.machine(), "orders", SERVER, "listening");
        shop.await("welcome");
        stage.type("cat shop.log");
        stage.claim(shop.isAlive(), "the client was cut off from itself, called again, and the server answered");
        shop.stop();
        orders.stop();
    }

    private static void prevent(Stage stage, long attempts) throws LabException, IOException, InterruptedException {
        stage.part("Never again");
        int many = stage.size(300_000, 30_000);
        stage.say("The server is down again. The port is reserved, and the client may try " + number(many)
                + " times. Without the reservation about " + Math.round((double) many / PREFERRED)
                + " of them would be connected to themselves.");
        Ran calls = stage.type(CLIENT + " " + many);
        stage.claim(calls.output().contains("refused=" + many), "no attempt of " + number(many) + " was given " + PORT);
        Running orders = stage.start(stage.machine(), "orders", SERVER, "listening");
        stage.claim(orders.isAlive(), "and the server starts");

        var table = new Table(
                "Attempts to call a server that is down",
                new Table.Column("ATTEMPTS", "attempts", 0),
                new Table.Column("CONNECTED TO ITSELF", "connectedToItself", 0),
                new Table.Column("SERVERS STARTED", "serversStarted", 0));
        table.add(PORT + " not reserved", (double) attempts, 1, 0);
        table.add(PORT + " reserved", (double) many, 0, 1);
        stage.show(table);
    }

    private static long attempts(Running shop) throws IOException {
        return Long.parseLong(shop.log()
                .lines()
                .filter(line -> line.startsWith("attempts="))
                .findFirst()
                .orElseThrow()
                .substring("attempts=".length()));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
