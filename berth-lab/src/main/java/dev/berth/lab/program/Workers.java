package dev.berth.lab.program;

import java.io.IOException;
import java.util.ArrayList;

/** {@code COUNT}: servers that leave their ports to the system, as RMI and passive FTP do, and tell them; each answers {@code worker}. */
public final class Workers {
    private Workers() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var ports = new ArrayList<String>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            ports.add(Integer.toString(Named.listen("worker", 0).getLocalPort()));
        }
        System.out.println("ports=" + String.join(" ", ports));
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
