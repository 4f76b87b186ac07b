package dev.berth.lab.program;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;

/**
 * The web service of a CRM: stores what is posted to {@code /accounts/NUMBER} in PostgreSQL. A session for each account,
 * or with {@code --pool} sessions that are kept and used again. Arguments: the port to listen on, and the database.
 */
public final class Crm {
    private static final System.Logger LOG = System.getLogger("crm");
    private static final int THREADS = 16;
    private static final int STORED = 201;
    private static final int FAILED = 500;

    private final InetSocketAddress database;
    private final boolean keepsSessions;
    private final Deque<PostgresSession> idle = new ConcurrentLinkedDeque<>();

    private Crm(InetSocketAddress database, boolean keepsSessions) {
        this.database = database;
        this.keepsSessions = keepsSessions;
    }

    public static void main(String... args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var crm = new Crm(Address.of(args[1]), args.length > 2 && args[2].equals("--pool"));
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[0])), 0);
        server.createContext("/accounts/", crm::answer);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
        System.out.println("ready");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int account = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            exchange.getRequestBody().readAllBytes();
            try {
                store(account);
                exchange.sendResponseHeaders(STORED, -1);
            } catch (IOException e) {
                LOG.log(Level.ERROR, "account " + account + " is not stored", e);
                byte[] why = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(FAILED, why.length);
                exchange.getResponseBody().write(why);
            }
        }
    }

    private void store(int account) throws IOException {
        PostgresSession kept = idle.poll();
        PostgresSession session = kept != null ? kept : new PostgresSession(database, "crm");
        try {
            session.run(
                    "insert into account values (" + account + ", 'Account " + account + "') on conflict do nothing");
        } catch (IOException e) {
            session.close();
            throw e;
        }
        if (keepsSessions) {
            idle.push(session);
        } else {
            session.close();
        }
    }
}
