package dev.berth.sample;

import dev.berth.client.jdbc.DriverPorts;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Fetches records over HTTP, each on a connection of its own, and stores them by JDBC. */
final class Loader {
    private final OkHttpClient http;
    private final String database;

    private Loader(OkHttpClient.Builder http, String database) {
        // Keeps no connection, which is what takes a port for each call. Try a pool before you choose ports!
        this.http =
                http.connectionPool(new ConnectionPool(0, 1, TimeUnit.MINUTES)).build();
        this.database = database;
    }

    /** As most programs do it: the system chooses the local ports. */
    static Loader plain(String database) {
        return new Loader(new OkHttpClient.Builder(), database);
    }

    /**
     * The same with chosen local ports, the same ones for both.
     *
     * @param ports which ones, as a driver's URL has it
     */
    static Loader withLocalPorts(String database, String ports) {
        return new Loader(
                new OkHttpClient.Builder().socketFactory(DriverPorts.of(ports).socketFactory()),
                database + "&socketFactory=dev.berth.client.jdbc.PostgresSocketFactory&socketFactoryArg=" + ports);
    }

    /** Stores {@code count} records in {@code table}, or as many as it can. */
    void load(String records, int count, String table) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(database);
                var insert =
                        connection.prepareStatement("insert into " + table + " values (?, ?, inet_client_port())")) {
            for (int id = 1; id <= count; id++) {
                insert.setInt(1, id);
                insert.setInt(2, Integer.parseInt(fetch(records + id)));
                insert.executeUpdate();
            }
        }
    }

    /** A record: the server answers with the port it was asked from. */
    private String fetch(String url) throws IOException {
        var request = new Request.Builder().url(url).build();
        try (var response = http.newCall(request).execute()) {
            return response.body().string();
        }
    }
}
