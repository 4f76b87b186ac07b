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
    private static final String LOAD = "load to=" + CRM + " from=accounts";
    private static final String DATABASE_IN_HEX = "0202000A:1538"; // as /proc/net/tcp has it
    private static final Pattern
            TIME_WAIT = // its state is 06 there, and its timer (03) tells the hundredths of a second left
            Pattern.compile(DATABASE_IN_HEX + " 06 \\S+ 03:(\\p{XDigit}+)");
    private static final int TIME_WAIT_HUNDREDTHS = 6_000; // TCP_TIMEWAIT_LEN, include/net/tcp.h
    private static final Pattern SUMMARY = Pattern.compile("stored=\\d+ failed=(\\d+) seconds=([0-9.]+)");

    private final Stage stage;
    private final Machine loader;
    private final Machine database;
    private final Table table = new Table(
            "The load, its connections to the database, and each remedy",
            new Column("ARRIVED", "arrived", 0),
            new Column("REFUSED", "refused", 0),
            new Column("SECONDS", "seconds", 1),
            new Column("RECORDS/S", "recordsPerSecond", 0),
            new Column("CONNECTIONS", "connections", 0),
            new Column("NEW TIME_WAIT", "newTimeWait", 0));
    private int arrived;
    private int opened;
    private int refused;
    private int connections;

    private CrmLoad(Stage stage, Machine loader, Machine database) {
        this.stage = stage;
        this.loader = loader;
        this.database = database;
    }

    /** The CRM's web service runs on the first machine, and draws its local ports from {@code range}; so many records are to be loaded. */
    static CrmLoad open(Stage stage, String range, int records) throws LabException, IOException, InterruptedException {
        Ground ground = stage.ground();
        ground.program("crm", Crm.class);
        ground.program("load", Loader.class);
        Machine crm = stage.machine();
        Machine loader = ground.add("loader");
        Machine database = ground.add("database");
        ground.wire(crm, "10.0.1.1/24", loader, "10.0.1.2/24");
        ground.wire(crm, "10.0.2.1/24", database, "10.0.2.2/24");
        crm.set("ipv4/ip_local_port_range", range.replace('-', ' '));
        Postgres.start(stage, database, "10.0.2.2");
        database.must("psql -c 'create table account (number int primary key, name text not null)'");
        loader.must("seq " + records + " >accounts");
        return new CrmLoad(stage, loader, database);
    }

    /** Pushes what has not arrived, in the way that {@code options} say. */
    void push(String way, String options) throws LabException, IOException, InterruptedException {
        long begun = System.nanoTime();
        account(way, begun, stage.type(loader, LOAD + options).output());
    }

    /** The same, and what {@code question} is answered meanwhile. */
    String pushAndAsk(String way, String options, String question)
            throws LabException, IOException, InterruptedException {
        long begun = System.nanoTime();
        Running load = stage.start(loader, "load", LOAD + options, "loading");
        String answer = stage.type(question).output();
        load.join();
        account(way, begun, stage.type(loader, "cat load.log").output());
        return answer;
    }

    private void account(String way, long begun, String output) throws LabException, IOException, InterruptedException {
        int newTimeWait = timeWaitSince(begun);
        Matcher summary = SUMMARY.matcher(output);
        if (!summary.find()) {
            throw LabException.failed("the load did not come to its end", output.strip());
        }
        int arrivedBefore = arrived;
        arrived = number(database, "psql -Atc 'select count(*) from account'");
        int openedBefore = opened;
        opened = number(stage.machine(), "awk '/^Tcp:/ { opened = $6 } END { print opened }' /proc/net/snmp");
        connections = opened - openedBefore;
        refused = Integer.parseInt(summary.group(1));
        double seconds = Double.parseDouble(summary.group(2));
        int stored = arrived - arrivedBefore;
        table.add(way, stored, refused, seconds, seconds > 0 ? stored / seconds : stored, connections, newTimeWait);
    }

    /** How many connections to the database are in TIME_WAIT, and no longer than since {@code begun}. */
    private int timeWaitSince(long begun) throws LabException, IOException, InterruptedException {
        String sockets = stage.machine().must("cat /proc/net/tcp /proc/net/tcp6");
        long hundredths = (System.nanoTime() - begun) / 10_000_000;
        return (int) TIME_WAIT
                .matcher(sockets)
                .results()
                .mapToLong(socket -> TIME_WAIT_HUNDREDTHS - Long.parseLong(socket.group(1), 16))
                .filter(age -> age <= hundredths)
                .count();
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
