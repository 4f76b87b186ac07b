package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.Table.Column;
import dev.berth.lab.ground.Running;
import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The shop of {@link CloseWaitLeak}, and what it keeps, as the kernel tells it. */
final class ShopLeak {
    private static final Pattern PID = Pattern.compile("pid=(\\d+)");
    private static final Pattern ANSWERED = Pattern.compile("answered=(\\d+)");
    private static final String
            CLOSE_WAIT_PORTS = // its state is 08 there, and a local endpoint is ADDRESS:PORT in hexadecimal
            "awk '$4 == \"08\" { sub(\".*:\", \"\", $2); print $2 }' /proc/net/tcp /proc/net/tcp6";

    private final Stage stage;
    private final Table table = new Table(
            "The leak, and what was done about it",
            new Column("ANSWERED", "answered", 0),
            new Column("CLOSE_WAIT", "closeWait", 0),
            new Column("DESCRIPTORS", "descriptors", 0));
    private Running shop;

    /** Starts it by {@code line}, and waits until it says {@code until}. */
    ShopLeak(Stage stage, String line, String until) throws LabException, IOException, InterruptedException {
        this.stage = stage;
        this.shop = start(stage, line, until);
    }

    private static Running start(Stage stage, String line, String until)
            throws LabException, IOException, InterruptedException {
        return stage.start(stage.machine(), "shop", line, until);
    }

    /** Ends it, and starts it by {@code line}. */
    void restart(String line, String until) throws LabException, IOException, InterruptedException {
        stage.type("kill " + pid());
        shop.join();
        shop = start(stage, line, until);
    }

    void await(String text) throws LabException, IOException, InterruptedException {
        shop.await(text);
    }

    void measure(String way) throws LabException, IOException, InterruptedException {
        table.add(way, answered(), closeWait(), descriptors());
    }

    String pid() throws IOException {
        return last(PID);
    }

    int answered() throws IOException {
        return Integer.parseInt(last(ANSWERED));
    }

    int closeWait() throws LabException, IOException, InterruptedException {
        return (int) closeWaitPorts().lines().count();
    }

    int descriptors() throws LabException, IOException, InterruptedException {
        return (int) stage.machine().must("ls /proc/" + pid() + "/fd").lines().count();
    }

    /** A local port that a connection in CLOSE_WAIT has. */
    int somePort() throws LabException, IOException, InterruptedException {
        return Integer.parseInt(closeWaitPorts().lines().findFirst().orElseThrow(), 16);
    }

    private String closeWaitPorts() throws LabException, IOException, InterruptedException {
        return stage.machine().must(CLOSE_WAIT_PORTS);
    }

    private String last(Pattern pattern) throws IOException {
        return pattern.matcher(shop.log())
                .results()
                .reduce((first, last) -> last)
                .map((MatchResult found) -> found.group(1))
                .orElseThrow();
    }

    Table table() {
        return table;
    }
}
