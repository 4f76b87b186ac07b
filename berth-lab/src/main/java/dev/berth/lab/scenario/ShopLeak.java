package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.Table.Column;
import dev.berth.lab.ground.Running;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Running shop;

    ShopLeak(Stage stage) {
        this.stage = stage;
    }

    /** Starts it by {@code line}, and waits until it says {@code until}. */
    void start(String line, String until) throws LabException, IOException, InterruptedException {
        shop = stage.start(stage.machine(), "shop", line, until);
    }

    /** Ends it, and waits until it has ended. */
    void end() throws LabException, IOException, InterruptedException {
        stage.type("kill " + pid());
        shop().join();
    }

    private Running shop() {
        return Objects.requireNonNull(shop, "it was not started");
    }

    void await(String text) throws LabException, IOException, InterruptedException {
        shop().await(text);
    }

    void measure(String way) throws LabException, IOException, InterruptedException {
        table.add(way, answered(), closeWait(), descriptors());
    }

    /** What is there of it when it has ended, and before it is started again. */
    void measureEnded(String way) throws LabException, IOException, InterruptedException {
        table.add(way, 0, closeWait(), 0);
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
        return pattern.matcher(shop().log())
                .results()
                .reduce((first, last) -> last)
                .map((MatchResult found) -> found.group(1))
                .orElseThrow();
    }

    Table table() {
        return table;
    }
}
