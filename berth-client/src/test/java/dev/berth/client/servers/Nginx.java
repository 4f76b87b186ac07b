package dev.berth.client.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * A web server of one process on two free ports of one address: HTTP, and HTTPS with HTTP/2. Its answers are:
 *
 * <ul>
 *   <li>{@code /}: {@code hello}
 *   <li>{@code /peer}: the client's end of the connection as the server sees it, {@code 127.0.0.1:20000}, so that {@link
 *       #port} has its port
 *   <li>{@code /name}: the host name by which a TLS client called it (SNI), or nothing
 *   <li>{@code /last}: as {@code /peer}, and the server closes the connection (HTTP/1.1)
 * </ul>
 *
 * <p>Started within {@code PrivateNamespace.call}, it listens there.
 */
public final class Nginx implements AutoCloseable {
    private static final int TRIES = 5; // a port that was free may be somebody's when the server comes to it

    private final Path folder;
    private final SelfSigned identity;
    private final InetSocketAddress http;
    private final InetSocketAddress https;
    private final Process process;

    private Nginx(Path folder, SelfSigned identity, InetSocketAddress http, InetSocketAddress https, Process process) {
        this.folder = folder;
        this.identity = identity;
        this.http = http;
        this.https = https;
        this.process = process;
    }

    /** On 127.0.0.1, and connections are kept alive. */
    public static Nginx start() throws Exception {
        return start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), true);
    }

    /** @param keepAlive whether HTTP/1.1 connections are kept for the next request */
    public static Nginx start(InetAddress address, boolean keepAlive) throws Exception {
        Path program = Programs.find("nginx", "nginx-light");
        Path folder = Files.createTempDirectory("berth-nginx");
        var identity = SelfSigned.make(folder, address);
        for (int tries = 1; ; tries++) {
            try {
                List<InetSocketAddress> free = freePorts(address);
                InetSocketAddress http = free.get(0);
                InetSocketAddress https = free.get(1);
                Files.writeString(folder.resolve("nginx.conf"), configuration(http, https, keepAlive));
                return new Nginx(folder, identity, http, https, run(program, folder));
            } catch (IOException e) {
                if (tries == TRIES) {
                    delete(folder);
                    throw e;
                }
            }
        }
    }

    private static List<InetSocketAddress> freePorts(InetAddress address) throws IOException {
        try (var first = new ServerSocket(0, 1, address);
                var second = new ServerSocket(0, 1, address)) {
            return List.of((InetSocketAddress) first.getLocalSocketAddress(), (InetSocketAddress)
                    second.getLocalSocketAddress());
        }
    }

    private static Process run(Path program, Path folder) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "-e", "stderr", "-p", folder + "/", "-c", "nginx.conf")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        var all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("event method")) { // said once it listens
                return process;
            }
            all.append(line).append('\n');
        }
        throw new IOException("nginx did not start:\n" + all);
    }

    private static String configuration(InetSocketAddress http, InetSocketAddress https, boolean keepAlive) {
        return """
                daemon off;
                master_process off;
                error_log stderr notice;
                pid nginx.pid;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    default_type text/plain;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    keepalive_timeout %s;
                    keepalive_requests 1000000;
                    server {
                        listen %s;
                        listen %s ssl http2;
                        ssl_certificate certificate.pem;
                        ssl_certificate_key key.pem;
                        location / { return 200 "hello\\n"; }
                        location = /peer { return 200 "$remote_addr:$remote_port"; }
                        location = /name { return 200 "$ssl_server_name"; }
                        location = /last {
                            keepalive_timeout 0;
                            return 200 "$remote_addr:$remote_port";
                        }
                    }
                }
                """.formatted(keepAlive ? "1h" : "0", text(http), text(https));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Where it speaks plain HTTP. */
    public InetSocketAddress http() {
        return http;
    }

    /** Where it speaks TLS, and by ALPN HTTP/2. */
    public InetSocketAddress https() {
        return https;
    }

    /** @param path from {@code /} on */
    public URI httpUri(String path) {
        return URI.create("http://" + text(http) + path);
    }

    /** @param path from {@code /} on */
    public URI httpsUri(String path) {
        return URI.create("https://" + text(https) + path);
    }

    /** Trusts its certificate, which is for {@code localhost} and the address it listens at; and has it, to be a server oneself. */
    public SSLContext sslContext() {
        return identity.context();
    }

    /** Trusts its certificate. */
    public X509TrustManager trustManager() {
        return identity.trust();
    }

    /** The client's port in an answer of {@code /peer} or {@code /last}. */
    public static int port(String peer) {
        return Integer.parseInt(peer.substring(peer.lastIndexOf(':') + 1));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
