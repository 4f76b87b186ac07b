package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.Table.Column;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Running;
import dev.berth.lab.program.Quotes;
import dev.berth.lab.program.Shop;
import java.io.IOException;
import java.util.List;

/** A program that does not close what its peer has closed. */
public final class CloseWaitLeak implements Scenario {
    @Override
    public String name() {
        return "close-wait-leak";
    }

    @Override
    public String summary() {
        return "a program never closes what its peers have closed: first the ports run out, then its descriptors";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Need.program("prlimit", "util-linux"));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.ground().program("quotes", Quotes.class);
        stage.ground().program("shop", Shop.class);
        Machine lab = stage.machine();
        Machine supplier = stage.ground().add("supplier");
        lab.must("ip link add supplier type veth peer name eth0 netns supplier"
                + " && ip addr add 10.0.1.1/24 dev supplier && ip link set supplier up");
        supplier.must("ip addr add 10.0.1.2/24 dev eth0 && ip link set eth0 up");
        lab.set("ipv4/ip_local_port_range", "32768 33167");
        stage.start(supplier, "quotes", "quotes 9000", "ready");
        Running shop = stage.start(lab, "shop", "prlimit --nofile=1000 shop 10.0.1.2:9000 2000", "answered=");
        stage.type("berth explain shop.log");
        stage.type("berth why 10.0.1.2:9000 --as client");
        stage.type("berth reuse on --yes");
        stage.type("sysctl -w net.ipv4.tcp_fin_timeout=5 net.ipv4.tcp_keepalive_time=5");
        stage.type("berth range set 1024-65535 --yes");
        shop.await("Too many");
        stage.type("cat shop.log");
        stage.type("berth explain shop.log");
        Thread.sleep(5000);
        stage.type("berth doctor");
        stage.type("berth why 32770");
        stage.type("berth free 32770 --dry-run");
        stage.type("berth free 32770 --yes");
        stage.type("ls /proc/$(pgrep -x shop)/fd | wc -l");
        stage.type("cat shop.log");
        stage.type("berth fix restart-process --dry-run");
        stage.type("berth free 32772 --by signal --yes");
        stage.type("berth doctor");
    }
}
