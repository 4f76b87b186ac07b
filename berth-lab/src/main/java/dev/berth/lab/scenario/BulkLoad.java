package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.ground.Running;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A data integration pushes records into a CRM through its web service, which opens a connection to its database for each. */
public final class BulkLoad implements Scenario {
    @Override
    public String name() {
        return "bulk-load";
    }

    @Override
    public String summary() {
        return "a load of 100,000 records stops in the middle: a connection to the database for each";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Postgres.NEED);
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        int records = stage.size(100_000, 2_000);
        int some = stage.size(4_500, 300); // more than there are ports
        int ports = stage.size(3_977, 257);
        int rate = ports / 3; // a port can be taken over after a second, or nearly two
        String most = " most=" + some;
        String range = "1024-" + (1_024 + ports - 1);
        CrmLoad load = CrmLoad.open(stage, range, records);

        stage.part(String.format(Locale.ROOT, "%,d records, a connection for each", records));
        stage.say(
                "A data integration (loader) pushes accounts into a CRM: it calls the CRM's web service (lab), which stores each"
                        + " account in PostgreSQL (database). For each account a connection is opened and closed, to the web service and"
                        + " from there to the database. The CRM draws its local ports from " + range + ".");
        Running crm = stage.start(stage.machine(), "crm", "crm 8080 " + CrmLoad.DATABASE, "ready");
        load.push("a connection each, ports " + range, "");
        stage.claim(load.refused() > 0, "the load stops in the middle: the CRM cannot connect to its database");
        String explained = stage.type("berth explain crm.log").output();
        stage.claim(
                explained.contains("cannot connect to " + CrmLoad.DATABASE + ": EADDRNOTAVAIL"),
                "Berth reads the error and the destination from the log");
        stage.type("berth doctor");
        stage.say(
                "Each connection to the database was closed by the CRM first and keeps its local port for 60 s. On port 8080"
                        + " the CRM mostly closes first too; there it is the port it listens on, which costs none.");

        stage.part("Once more, at once");
        stage.say(String.format(
                Locale.ROOT,
                "From here on the loader pushes %,d at a time: more than there are ports, so that they cannot do with one each.",
                some));
        load.push("the same, at once", most);
        stage.claim(load.refused() > 0, "it stops again: a port is free when its TIME_WAIT is over, and not before");

        stage.part("The first remedy of the text: more ports");
        stage.type("berth range set 1024-65535 --yes");
        load.push("ports 1024-65535", most);
        stage.claim(load.refused() == 0, "the load goes on");
        stage.type("berth capacity --to " + CrmLoad.DATABASE);
        stage.say(
                "The limit is further away, and is still there: each record still costs a port for a minute, so a faster"
                        + " machine runs into it again. The change is taken back, so that the next remedy is measured by itself.");
        stage.type("berth rollback --yes");

        stage.part("The second remedy of the text: a shorter TIME_WAIT");
        stage.say(
                "Linux has none. TIME_WAIT lasts 60 s whatever is set; net.ipv4.tcp_fin_timeout, often named for it, is about"
                        + " FIN_WAIT2. What Linux has instead: an outgoing connection may take over a TIME_WAIT that is a second old.");
        stage.type("berth reuse on --yes");
        stage.say(String.format(
                Locale.ROOT,
                "So %,d ports are good for not quite that many connections a second. The loader is held to %,d a second, and stays below.",
                ports,
                rate));
        String seen = load.pushAndAsk(
                "TIME_WAIT taken over, at most " + rate + "/s", most + " rate=" + rate, "berth doctor --measure 1");
        stage.claim(
                load.refused() == 0 && load.connections() > ports,
                "the load goes on, over more connections than there are ports");
        if (namesCrm(seen)) {
            stage.say(
                    "While connections are open Berth sees whose they are: the process that opens one after the other is crm.");
        } else {
            stage.say(
                    "Whose the connections are Berth does not see here: each was over before it could look for its owner.");
        }

        stage.part("What was wrong: a connection for each record");
        stage.say("The CRM gets a pool of database connections, and the loader keeps its connections to the CRM open.");
        crm.stop();
        stage.start(stage.machine(), "crm", "crm 8080 " + CrmLoad.DATABASE + " --pool", "ready");
        load.push("a pool and keep-alive, ports " + range, " keep-alive=on");
        stage.type(load.database(), "psql -c 'select count(*) from account'");
        stage.claim(load.arrived() == records, String.format(Locale.ROOT, "all %,d records have arrived", records));
        stage.claim(
                load.connections() <= CrmLoad.LOADER_THREADS,
                "the rest took no more connections than the loader has threads: for that no setting is needed");
        stage.show(load.table());
    }

    /** Whether the row of the database says who is connected to it. */
    private static boolean namesCrm(String answer) {
        return answer.lines()
                .map(String::strip)
                .anyMatch(line -> line.startsWith(CrmLoad.DATABASE) && line.contains("crm ("));
    }
}
