package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Stage;
import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Running;
import java.io.IOException;
import java.nio.file.Files;

/** A machine with two web services on it, {@code prices} at port 8080 and, for those who log in, {@code accounts} at 8081, and few local ports. */
record CallingBox(Stage stage, Machine machine) {
    static final String ADDRESS = "192.0.2.10";
    static final String PRICES = ADDRESS + ":8080";
    static final String ACCOUNTS = ADDRESS + ":8081";
    private static final int FIRST_PORT = 1025;

    /** One that knows the option -e, as it does since 1.19.5. */
    static final Need NGINX = new Need(
            "nginx 1.19.5",
            "install it: on Debian and Ubuntu, apt-get install nginx-light",
            null,
            CallingBox::knowsOptionE);

    private static final String CONFIGURATION = """
            daemon off;
            user root;
            error_log stderr notice;
            events { worker_connections 500; }
            http {
                access_log off;
                keepalive_requests 1000000;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                root /run/lab;
                server {
                    listen 8080;
                    location / { try_files /answer =404; }
                }
                server {
                    listen 8081;
                    location / {
                        auth_basic accounts;
                        auth_basic_user_file users;
                        try_files /answer =404;
                    }
                }
            }
            """;

    /** What the calls with keep-alive off and those with a login came to, and how many local ports each left in TIME_WAIT. */
    record Came(Counted off, double offTimeWait, Counted login, double loginTimeWait) {
        boolean noneFailed() {
            return off.noneFailed() && login.noneFailed();
        }

        boolean someOfBothFailed() {
            return off.value("failed") > 0 && login.value("failed") > 0;
        }
    }

    private static boolean knowsOptionE() {
        try {
            var help = new ProcessBuilder("sh", "-c", "nginx -h 2>&1 | grep -q -- ' -e '");
            help.environment().put("PATH", String.join(":", Need.FOLDERS));
            return help.start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void prepare(Ground ground) throws IOException {
        Files.writeString(ground.path("nginx.conf"), CONFIGURATION);
        Files.writeString(ground.path("users"), "shop:{PLAIN}secret\n");
        Files.writeString(ground.path("answer"), "42\n");
    }

    /** How many local ports there are. */
    static int ports(Stage stage) {
        return stage.size(3_976, 400);
    }

    static int lastPort(Stage stage) {
        return FIRST_PORT + ports(stage) - 1;
    }

    /** Sets it up, and shows how. */
    CallingBox open() throws LabException, IOException, InterruptedException {
        stage.type(machine, address());
        stage.type(machine, range());
        stage.start(machine, server(), serve(), "start worker process");
        return this;
    }

    /** Sets it up as the first. */
    CallingBox openUnseen() throws LabException, IOException, InterruptedException {
        machine.must(address());
        machine.must(range());
        machine.start(server(), serve()).await("start worker process");
        return this;
    }

    private static String address() {
        return "ip address add " + ADDRESS + "/24 dev lo";
    }

    private String range() {
        return "echo " + FIRST_PORT + " " + lastPort(stage) + " >/proc/sys/net/ipv4/ip_local_port_range";
    }

    private String serve() {
        return "nginx -e stderr -p /run/lab -c nginx.conf -g 'pid " + server() + ".pid;'";
    }

    private String server() {
        return "nginx-" + machine.name();
    }

    /** Both loads at the same time. */
    Came load(String address, String howMany, String off, String login)
            throws LabException, IOException, InterruptedException {
        Running first = stage.start(machine, "off", "shop to=" + address + ":8080 " + howMany + " " + off, "");
        Running second = stage.start(machine, "login", "shop to=" + address + ":8081 " + howMany + " " + login, "");
        first.join();
        second.join();
        stage.type(machine, "wait; tail -q -n 1 off.log login.log");
        return new Came(
                Counted.in(first.log()), timeWait(address, 8080), Counted.in(second.log()), timeWait(address, 8081));
    }

    /** Types a line that runs a program of the lab; what it counted. */
    Counted type(String line) throws LabException, IOException, InterruptedException {
        return Counted.in(stage.type(machine, line).output());
    }

    /** How many closed connections to that endpoint keep their local port. */
    double timeWait(String address, int port) throws LabException, IOException, InterruptedException {
        String entries = "ss -Htn state time-wait dst %s dport = :%d | wc -l".formatted(address, port);
        return Double.parseDouble(machine.must(entries).strip());
    }
}
