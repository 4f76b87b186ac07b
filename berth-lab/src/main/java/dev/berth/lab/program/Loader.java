package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A data integration: pushes accounts into {@link Crm}, one call each, some at a time, and stops when one is not stored. A connection for
 * each call, or with {@code --keep-alive} one for each thread. Arguments: the web service, and {@code FIRST-LAST}.
 */
public final class Loader {
    private static final int THREADS = 8;
    private static final double NANOS = 1e9;

    private final InetSocketAddress crm;
    private final boolean keepsAlive;
    private final int last;
    private final AtomicInteger next;
    private final AtomicInteger stored = new AtomicInteger();
    private final ConcurrentSkipListMap<Integer, String> failed = new ConcurrentSkipListMap<>(); // what was answered

    private Loader(InetSocketAddress crm, int first, int last, boolean keepsAlive) {
        this.crm = crm;
        this.next = new AtomicInteger(first);
        this.last = last;
        this.keepsAlive = keepsAlive;
    }

    public static void main(String... args) throws Exception {
        String[] accounts = args[1].split("-", 2);
        var loader = new Loader(
                Address.of(args[0]),
                Integer.parseInt(accounts[0]),
                Integer.parseInt(accounts[1]),
                args.length > 2 && args[2].equals("--keep-alive"));
        System.exit(loader.run() ? 0 : 1);
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
        System.out.printf(Locale.ROOT, "stored=%d failed=%d seconds=%.1f%n", stored.get(), failed.size(), seconds);
        if (!failed.isEmpty()) {
            var first = failed.firstEntry();
            System.out.println("stopped: account " + first.getKey() + ": " + first.getValue());
        }
        return failed.isEmpty();
    }

    private void push() throws IOException {
        try (var calls = new Calls(crm, keepsAlive)) {
            while (failed.isEmpty()) {
                int account = next.getAndIncrement();
                if (account > last) {
                    return;
                }
                String answer = calls.post("/accounts/" + account, "Account " + account);
                if (answer.isEmpty()) {
                    stored.incrementAndGet();
                } else {
                    failed.put(account, answer);
                }
            }
        }
    }
}
