package dev.berth.cli.live;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that connect at a known pace, each to a server of its own unless one is there, in one Python process. A client goes on until it is
 * stopped or a connect fails for want of a port.
 *
 * <p>The process says {@code opened NAME COUNT SECONDS} once a client has made the connections it was asked to tell of, and
 * {@code failed NAME COUNT SECONDS EPOCH} when its connect fails.
 */
final class Load implements Closeable {
    private static final String PROGRAM = """
            import errno, struct, threading, time
            def serve(server, closes_first):
                while True:
                    c = server.accept()[0]
                    if closes_first == 'client':
                        c.recv(1); c.close()
                    elif closes_first == 'server':
                        c.close()
                    else:
                        kept.append(c)
            kept = []
            lock = threading.Lock()
            def say(*words):
                with lock: print(*words, flush=True)
            def client(name, address, port, rate, how, closes_first, tell):
                family = socket.AF_INET6 if ':' in address else socket.AF_INET
                start = time.monotonic()
                n = 0
                while True:
                    wait = start + n / rate - time.monotonic()
                    if wait > 0: time.sleep(wait)
                    s = socket.socket(family)
                    if how == 'noport':
                        s.setsockopt(socket.IPPROTO_IP, 24, 1)
                        s.bind(('127.0.0.77', 0))
                    try:
                        s.connect((address, port))
                    except OSError as e:
                        if e.errno != errno.EADDRNOTAVAIL: raise
                        say('failed', name, n, time.monotonic() - start, time.time())
                        return
                    n += 1
                    if closes_first == 'nobody':
                        kept.append(s)
                    else:
                        if closes_first == 'server': s.recv(1)
                        if closes_first == 'caller':
                            s.sendall(b'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')
                            s.recv(4096)
                        s.close()
                    if n == tell: say('opened', name, n, time.monotonic() - start)
            for name, address, port, rate, how, closes_first, tell in clients:
                if closes_first == 'caller': continue
                server = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET)
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                server.bind((address, int(port)))
                server.listen(4096)
                threading.Thread(target=serve, args=(server, closes_first), daemon=True).start()
            for name, address, port, rate, how, closes_first, tell in clients:
                threading.Thread(target=client, daemon=True,
                    args=(name, address, int(port), float(rate), how, closes_first, int(tell))).start()
            """;

    private final Program program;

    private Load(Program program) {
        this.program = program;
    }

    /**
     * One client.
     *
     * @param how {@code plain}, or {@code noport} for one that binds 127.0.0.77 with IP_BIND_ADDRESS_NO_PORT
     * @param closesFirst {@code client}, {@code server} or {@code nobody}; {@code caller} for a client that calls an HTTP server
     *     which is there already, keeps nothing alive, and closes first
     * @param tell after how many connections the process says so
     */
    record Client(String name, String address, int port, int perSecond, String how, String closesFirst, int tell) {
        static Client of(String name, String address, int port, int perSecond, int tell) {
            return new Client(name, address, port, perSecond, "plain", "client", tell);
        }
    }

    /** What the process said: a client, how many connections it has made in how many seconds, and when that was. */
    record Said(String what, String name, int count, double seconds, double epochSeconds) {
        double perSecond() {
            return count / seconds;
        }
    }

    static Load start(Stage stage, List<Client> clients) throws Exception {
        var lines = new ArrayList<String>();
        for (Client one : clients) {
            lines.add("%s,%s,%d,%d,%s,%s,%d"
                    .formatted(one.name, one.address, one.port, one.perSecond, one.how, one.closesFirst, one.tell));
        }
        return stage.closing(new Load(stage.start(
                "ready",
                Program.python("clients = [one.split(',') for one in '" + String.join(" ", lines) + "'.split()]\n"
                        + PROGRAM))));
    }

    /** Waits for the next thing it says of any client. */
    Said await(String what) throws IOException {
        BufferedReader output = program.process().inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals(what)) {
                return new Said(
                        what,
                        words[1],
                        Integer.parseInt(words[2]),
                        Double.parseDouble(words[3]),
                        words.length < 5 ? 0 : Double.parseDouble(words[4]));
            }
            if (!words[0].equals("opened") && !words[0].equals("failed")) {
                throw new IOException("the load said: " + line);
            }
        }
        throw new IOException("the load has ended");
    }

    @Override
    public void close() throws IOException {
        program.process().destroy();
    }
}
