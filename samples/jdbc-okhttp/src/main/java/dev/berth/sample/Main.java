package dev.berth.sample;

import dev.berth.client.jdbc.DriverPorts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Loads the same records twice and says what that took of the local ports. {@code samples/jdbc-okhttp/run} starts it. */
public final class Main {
    private static final String PORTS = "ports=20000-29999";

    private Main() {}

    /** @param args where the records are, a JDBC URL with a parameter at its end, how many records */
    public static void main(String[] args) throws Exception {
        String records = args[0];
        String database = args[1];
        int count = Integer.parseInt(args[2]);
        try (var connection = DriverManager.getConnection(database)) {
            load("plain", Loader.plain(database), records, count, connection);
            load("chosen", Loader.withLocalPorts(database, PORTS), records, count, connection);
        }
        System.out.printf("%nusage() of the chosen ports:%n");
        DriverPorts.of(PORTS)
                .usage()
                .forEach(to -> System.out.printf(
                        "  to %s: %d in use, %d in TIME_WAIT, %d free%n",
                        to.destination(), to.inUse(), to.waiting(), to.free()));
    }

    private static void load(String table, Loader loader, String records, int count, Connection connection)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create table " + table + " (id int primary key, http_port int, jdbc_port int)");
            String trouble = attempt(loader, records, count, table);
            try (var rows = statement.executeQuery("select count(*), count(distinct http_port), min(http_port),"
                    + " max(http_port), max(jdbc_port) from " + table)) {
                rows.next();
                System.out.printf("%n%s: %d of %d records%s%n", table, rows.getInt(1), count, trouble);
                System.out.printf(
                        "  HTTP from %d local ports, %d-%d; the database from %d%n",
                        rows.getInt(2), rows.getInt(3), rows.getInt(4), rows.getInt(5));
            }
        }
    }

    private static String attempt(Loader loader, String records, int count, String table) throws SQLException {
        try {
            loader.load(records, count, table);
            return "";
        } catch (IOException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return ", then " + root;
        }
    }
}
