package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A data integration: pushes accounts into {@link Crm}, one call each, some at a time, and stops when one is not stored. Those that were
 * stored it takes out of the file they came from.
 *
 * <pre>
 * to=ADDRESS:PORT     the web service
 * from=FILE           an account's number in each line
 * most=300            how many of them; all unless told
 * rate=85             how many a second; as fast as it goes unless told
 * keep-alive=off      on: a connection for each thread instead of one for each call
 * </pre>
 */
public final class Loader {
    private static final int THREADS = 8;
    private static final double NANOS = 1e9;

    private final InetSocketAddress crm;
    private final List<String> accounts;
    private final boolean keepsAlive;
    private final @Nullable Pace pace;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<Integer, String> failed = new ConcurrentSkipListMap<>(); // what was answered

    private Loader(Arguments arguments, List<String> accounts) {
        this.crm = Address.of(arguments.text("to", "127.0.0.1:8080"));
        this.accounts = accounts;
        this.keepsAlive = arguments.on("keep-alive", false);
        int rate = arguments.number("rate", 0);
        this.pace = rate == 0 ? null : new Pace(rate);
    }

    public static void main(String... words) throws Exception {
        Arguments arguments = Arguments.of(words);
        Path file = Path.of(arguments.text("from", "accounts"));
        List<String> waiting = Files.readAllLines(file);
        int most = Math.min(arguments.number("most", waiting.size()), waiting.size());
        var loader = new Loader(arguments, waiting.subList(0, most));
        boolean all = loader.run();
        Files.write(
                file,
                waiting.stream()
                        .filter(account -> !loader.stored.contains(account))
                        .toList());
        System.exit(all ? 0 : 1);
    }

    private boolean run() throws Exception {
        System.out.println("loading");
        long begun = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var ends = new ArrayList<Future<?>>();
            for (int i = 0; i < THREADS; i++) {
                ends.add(threads.submit(() -> {
                    push();
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        double seconds = (System.nanoTime() - begun) / NANOS;
        System.out.printf(Locale.ROOT, "stored=%d failed=%d seconds=%.1f%n", stored.size(), failed.size(), seconds);
        if (!failed.isEmpty()) {
            var first = failed.firstEntry();
            System.out.println("stopped: account " + first.getKey() + ": " + first.getValue());
        }
        return failed.isEmpty();
    }

    private void push() throws IOException {
        try (var calls = new Calls(crm, keepsAlive)) {
            while (failed.isEmpty()) {
                int turn = next.getAndIncrement();
                if (turn >= accounts.size()) {
                    return;
                }
                if (pace != null) {
                    pace.await();
                }
                String account = accounts.get(turn);
                String answer = calls.post("/accounts/" + account, "Account " + account);
                if (answer.isEmpty()) {
                    stored.add(account);
                } else {
                    failed.put(Integer.parseInt(account), answer);
                }
            }
        }
    }
}
