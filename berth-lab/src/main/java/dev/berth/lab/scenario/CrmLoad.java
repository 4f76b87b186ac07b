package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.Table.Column;
import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Running;
import dev.berth.lab.program.Crm;
import dev.berth.lab.program.Loader;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A load of accounts, from a loader through a web service into a database, each on a machine of its own; and what each push of it did. */
final class CrmLoad {
    static final String DATABASE = "10.0.2.2:5432";
    static final int LOADER_THREADS = 8;

    private static final String CRM = "10.0.1.1:8080";
    private static final String DATABASE_IN_HEX = "0202000A:1538"; // as /proc/net/tcp has it
    private static final Pattern SUMMARY = Pattern.compile("stored=\\d+ failed=(\\d+) seconds=([0-9.]+)");
    private static final Pattern STOPPED = Pattern.compile("stopped: account (\\d+)");

    private final Stage stage;
    private final Machine loader;
    private final Machine database;
    private final Table table = new Table(
            "The load, its connections to the database, and each remedy",
            new Column("ARRIVED", "arrived", 0),
            new Column("REFUSED", "refused", 0),
            new Column("SECONDS", "seconds", 1),
            new Column("CONNECTIONS", "connections", 0),
            new Column("TIME_WAIT AT THE END", "timeWaitAtTheEnd", 0));
    private int next = 1;
    private int arrived;
    private int opened;
    private int refused;
    private int connections;

    private CrmLoad(Stage stage, Machine loader, Machine database) {
        this.stage = stage;
        this.loader = loader;
        this.database = database;
    }

    /** The CRM's web service runs on the first machine, and draws its local ports from {@code range}. */
    static CrmLoad open(Stage stage, String range) throws LabException, IOException, InterruptedException {
        Ground ground = stage.ground();
        ground.program("crm", Crm.class);
        ground.program("load", Loader.class);
        Machine crm = stage.machine();
        Machine loader = ground.add("loader");
        Machine database = ground.add("database");
        link(crm, "10.0.1.1/24", loader, "10.0.1.2/24");
        link(crm, "10.0.2.1/24", database, "10.0.2.2/24");
        crm.set("ipv4/ip_local_port_range", range.replace('-', ' '));
        Postgres.start(stage, database, "10.0.2.2");
        database.must("psql -c 'create table account (number int primary key, name text not null)'");
        return new CrmLoad(stage, loader, database);
    }

    private static void link(Machine crm, String address, Machine other, String otherAddress)
            throws LabException, IOException, InterruptedException {
        String name = other.name();
        crm.must("ip link add " + name + " type veth peer name eth0 netns " + name + " && ip addr add " + address
                + " dev " + name + " && ip link set " + name + " up");
        other.must("ip addr add " + otherAddress + " dev eth0 && ip link set eth0 up");
    }

    /** Pushes the next {@code records}, from the first that was not stored on. */
    void push(String way, int records, String option) throws LabException, IOException, InterruptedException {
        account(way, records, stage.type(loader, line(records, option)).output());
    }

    /** The same, and what {@code question} is answered meanwhile. */
    String pushAndAsk(String way, int records, String question) throws LabException, IOException, InterruptedException {
        Running load = stage.start(loader, "load", line(records, ""), "loading");
        String answer = stage.type(question).output();
        load.join();
        account(way, records, stage.type(loader, "cat load.log").output());
        return answer;
    }

    private String line(int records, String option) {
        return "load %s %d-%d%s".formatted(CRM, next, next + records - 1, option);
    }

    private void account(String way, int records, String output)
            throws LabException, IOException, InterruptedException {
        Matcher summary = SUMMARY.matcher(output);
        if (!summary.find()) {
            throw LabException.failed("the load did not come to its end", output.strip());
        }
        Matcher stopped = STOPPED.matcher(output);
        next = stopped.find() ? Integer.parseInt(stopped.group(1)) : next + records;
        int arrivedBefore = arrived;
        arrived = number(database, "psql -Atc 'select count(*) from account'");
        int openedBefore = opened;
        opened = number(stage.machine(), "awk '/^Tcp:/ { opened = $6 } END { print opened }' /proc/net/snmp");
        connections = opened - openedBefore;
        refused = Integer.parseInt(summary.group(1));
        table.add(
                way,
                arrived - arrivedBefore,
                refused,
                Double.parseDouble(summary.group(2)),
                connections,
                number(
                        stage.machine(),
                        "cat /proc/net/tcp /proc/net/tcp6 | grep -c '" + DATABASE_IN_HEX + " 06' || true"));
    }

    private static int number(Machine machine, String line) throws LabException, IOException, InterruptedException {
        return Integer.parseInt(machine.must(line).strip());
    }

    Machine database() {
        return database;
    }

    /** How many records the database has. */
    int arrived() {
        return arrived;
    }

    /** How many of the last push were not stored before it stopped. */
    int refused() {
        return refused;
    }

    /** How many the web service opened for the last push, to the database. */
    int connections() {
        return connections;
    }

    Table table() {
        return table;
    }
}
