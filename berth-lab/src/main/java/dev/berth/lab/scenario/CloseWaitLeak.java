package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.program.QuoteReader;
import dev.berth.lab.program.Quotes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A program does not close what its peer has closed: its ports run out, then its descriptors. */
public final class CloseWaitLeak implements Scenario {
    private static final String NO_PORT = "Cannot assign requested address";
    private static final String NO_DESCRIPTOR = "Too many open files";
    private static final int MOST_FILES = 4_096;
    private static final int LEAK_AFTER_SECONDS = 11; // the doctor's 10, and a second of what it rounds off

    @Override
    public String name() {
        return "close-wait-leak";
    }

    @Override
    public String summary() {
        return "a program never closes what its peer has closed, until it has no port and no descriptor left";
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Need.program("ip", "iproute2"),
                Need.program("sysctl", "procps"),
                Need.program("prlimit", "util-linux"),
                Need.files(MOST_FILES));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        int ports = stage.size(2_000, 400);
        int files = stage.size(MOST_FILES, 1_000);
        int questions = stage.size(10_000, 2_000);
        String range = "32768-" + (32_768 + ports - 1);
        Machine lab = stage.machine();
        Machine supplier = stage.ground().add("supplier");
        stage.ground().program("quotes", Quotes.class);
        stage.ground().program("shop", QuoteReader.class);
        stage.ground().wire(lab, "10.0.1.1/24", supplier, "10.0.1.2/24");
        lab.set("ipv4/ip_local_port_range", range.replace('-', ' '));
        String shop = "prlimit --nofile=" + files + " shop 10.0.1.2:9000 " + questions;

        stage.part("A shop that never closes");
        stage.say(String.format(
                Locale.ROOT,
                "A shop (lab) asks its supplier for a price, %,d times, over a connection each. The supplier answers and closes."
                        + " The shop does not close: it means to use the connection again, and never does. It has %,d local ports,"
                        + " and may open %,d files.",
                questions,
                ports,
                files));
        stage.start(supplier, "quotes", "quotes 9000", "ready");
        var leak = new ShopLeak(stage);
        leak.start(shop, NO_PORT);
        long noPortSince = System.nanoTime();
        leak.measure("the shop never closes, ports " + range);
        stage.claim(
                leak.closeWait() == ports,
                "every local port is in CLOSE_WAIT: the supplier has closed, the shop has not");
        String explained = stage.type("berth explain shop.log").output();
        stage.claim(
                explained.contains("must close a connection") && explained.contains("shop ("),
                "Berth reads from the log which destination has no port left, and says whose the connections are and what"
                        + " is wrong with them");

        stage.part("What settings do to it");
        stage.say(
                "These are about TIME_WAIT, FIN_WAIT2 and sockets that asked for keep-alive (SO_KEEPALIVE), which the shop's did not.");
        stage.type("berth reuse on --yes");
        stage.type("sysctl -w net.ipv4.tcp_fin_timeout=5 net.ipv4.tcp_keepalive_time=1 net.ipv4.tcp_keepalive_intvl=1");
        leak.measure("tcp_tw_reuse, tcp_fin_timeout, tcp_keepalive_time");
        stage.claim(leak.closeWait() == ports, "the ports stay taken");
        stage.type("berth range set 1024-65535 --yes");
        leak.await(NO_DESCRIPTOR);
        leak.measure("ports 1024-65535");
        int most = leak.closeWait();
        stage.claim(
                most > ports,
                "more ports are more to leak, until the shop has no descriptor left: it cannot open a socket");
        stage.type("tail -1 shop.log");

        stage.part("What destroying a connection does to it");
        stage.type("berth list state=CLOSE_WAIT | head -5");
        String port = Integer.toString(leak.somePort());
        stage.type("berth free " + port + " --yes");
        leak.measure("one connection destroyed");
        stage.claim(
                leak.closeWait() == most - 1 && leak.descriptors() >= files,
                "a server can have port " + port + ", and the shop is not helped: it keeps the descriptor");

        stage.part("Who it is, without a log");
        stage.say(
                "The doctor calls it a leak once the peers have been silent for 10 s: younger ones may be waiting for an answer.");
        long waited = (System.nanoTime() - noPortSince) / 1_000_000;
        Thread.sleep(Math.max(0, LEAK_AFTER_SECONDS * 1_000 - waited));
        stage.claim(
                stage.type("berth doctor").output().contains("shop (pid " + leak.pid() + ") keeps"),
                "Berth names the process and the peer");
        stage.claim(
                leak.closeWait() == most - 1, "all the while no setting has ended a single one: only the program can");

        stage.part("A restart");
        leak.end();
        leak.measureEnded("restarted: the old shop has ended");
        stage.claim(leak.closeWait() == 0, "the end of the process frees everything at once");
        leak.start(shop, NO_DESCRIPTOR);
        leak.measure("a moment after the restart");
        stage.claim(leak.closeWait() > ports, "a moment after the restart as much has leaked again");

        stage.part("The program corrected");
        stage.say("The shop closes a connection when it has read to its end.");
        leak.end();
        leak.start(shop + " --close", "answered=" + questions);
        leak.measure("the shop closes");
        stage.claim(
                leak.answered() == questions && leak.closeWait() == 0,
                String.format(Locale.ROOT, "all %,d questions are answered, and nothing is in CLOSE_WAIT", questions));
        stage.show(leak.table());
    }
}
