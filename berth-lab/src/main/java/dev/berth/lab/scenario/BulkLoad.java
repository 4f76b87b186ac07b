package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.program.Crm;
import dev.berth.lab.program.Loader;
import java.io.IOException;
import java.util.List;

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
        Ground ground = stage.ground();
        ground.program("crm", Crm.class);
        ground.program("load", Loader.class);
        Machine crm = stage.machine();
        Machine loader = ground.add("loader");
        Machine database = ground.add("database");
        crm.must("ip link add loader type veth peer name eth0 netns loader"
                + " && ip addr add 10.0.1.1/24 dev loader && ip link set loader up"
                + " && ip link add database type veth peer name eth0 netns database"
                + " && ip addr add 10.0.2.1/24 dev database && ip link set database up");
        loader.must("ip addr add 10.0.1.2/24 dev eth0 && ip link set eth0 up");
        database.must("ip addr add 10.0.2.2/24 dev eth0 && ip link set eth0 up");
        Postgres.start(stage, database, "10.0.2.2");
        database.must("psql -c 'create table account (number int primary key, name text not null)'");
        crm.set("ipv4/ip_local_port_range", "1024 5000");
        stage.start(crm, "crm", "crm 8080 10.0.2.2:5432", "ready");
        stage.type(loader, "load 10.0.1.1:8080 1-6000");
        stage.type(crm, "cat crm.log");
        stage.type(crm, "berth explain crm.log");
        stage.type(crm, "berth");
        stage.type(crm, "berth fix widen-range --dry-run");
        stage.type(crm, "berth range set 10240-65535 --yes");
        stage.type(loader, "load 10.0.1.1:8080 3978-6000");
        stage.type(crm, "berth capacity --to 10.0.2.2:5432");
        stage.type(crm, "berth");
        stage.type(crm, "berth changes");
        stage.type(crm, "berth rollback --yes");
        stage.type(crm, "berth reuse on --yes");
        stage.type(loader, "load 10.0.1.1:8080 6001-12000");
        stage.type(crm, "berth");
        stage.type(database, "psql -c 'select count(*) from account'");
    }
}
