package dev.berth.client.jdbc;

import dev.berth.client.LocalPorts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The local ports that a driver's URL describes in words: {@code ports=20000-29999;sources=10.0.0.5,10.0.0.6}.
 *
 * <p>The settings are those of {@link dev.berth.client.LocalPortsBuilder}, in any order, each once, with {@code ;} between
 * them:
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code ports=20000-29999,31000}<td>or {@code range=20000-29999}: what to choose from
 * <tr><td>{@code outsideDynamicRange}<td>choose outside the dynamic range, the default on Linux
 * <tr><td>{@code dynamicRange=49152-65535}<td>what that is, where it cannot be read
 * <tr><td>{@code avoid=20010,20020-20029}<td>ports to pass over
 * <tr><td>{@code evenReserved}<td>reserved ports too
 * <tr><td>{@code sources=10.0.0.5,fd00::5}<td>addresses of this host, numeric
 * <tr><td>{@code order=double-hash}<td>or {@code random-increments}, {@code sequential}, {@code random}
 * <tr><td>{@code attempts=32}<td>how many candidates one connection tries
 * <tr><td>{@code connectTimeout=5s}<td>for drivers that set none themselves; {@code ms}, {@code s} or {@code min}
 * <tr><td>{@code timeWait=62s}<td>how long a closed connection's port is held back
 * <tr><td>{@code reuseTimeWait}<td>hold nothing back (Linux)
 * <tr><td>{@code sharing=exclusive}<td>or {@code shared}
 * <tr><td>{@code polite}<td>choose nothing, give way to servers
 * <tr><td>{@code destinations=1024}<td>how many are remembered
 * </table>
 *
 * <p>No character of it has to be encoded in a URL or doubled in a properties file. Where a URL names the
 * socket factory and gives no text, the system property {@value #SYSTEM_PROPERTY} counts, and without it the builder's
 * defaults.
 *
 * <p>Drivers make a factory for each connection, so what is told apart is the text: the same text, character by character,
 * is the same {@link LocalPorts} in this JVM (this class's loader, to be exact), which knows all connections made by it.
 * Whoever wants to see them, or to share the ports with an HTTP client, asks for it here too.
 */
public final class DriverPorts {
    /** The connection property that MySQL's and MariaDB's drivers hand over: {@value}. */
    public static final String CONNECTION_PROPERTY = "localPorts";

    /** For all URLs that name the socket factory and give it no text: {@value}. */
    public static final String SYSTEM_PROPERTY = "berth.localPorts";

    private static final Map<String, LocalPorts> NAMED = new ConcurrentHashMap<>();
    private static final int MOST = 64; // a URL made up per tenant must not fill the heap
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<String, LocalPorts> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LocalPorts> longestUnused) {
            return size() > MOST;
        }
    };

    private DriverPorts() {}

    /**
     * Lets a URL name local ports that this program made, with metrics, a selector, or whatever no text can say: from now on
     * {@code name} in place of the settings stands for {@code ports}.
     */
    public static void name(String name, LocalPorts ports) {
        NAMED.put(name, ports);
    }

    /**
     * The local ports that {@code text} describes or {@linkplain #name names}, the same for the same text. Only the 64
     * descriptions used last are known; who comes back after them gets an instance that has to find out by trying which
     * ports the older one has.
     *
     * @param text null: as the system property says
     * @throws IllegalArgumentException with a message fit for a person, when the text says nothing known or what cannot work
     */
    public static LocalPorts of(@Nullable String text) {
        String wanted = text == null ? System.getProperty(SYSTEM_PROPERTY, "") : text;
        LocalPorts named = NAMED.get(wanted);
        if (named != null) {
            return named;
        }
        LocalPorts known = known(wanted);
        return known != null ? known : keep(wanted, Settings.read(wanted).build());
    }

    private static @Nullable LocalPorts known(String text) {
        LOCK.lock();
        try {
            return KNOWN.get(text);
        } finally {
            LOCK.unlock();
        }
    }

    /** What is known by now, if another thread was quicker: to build is to look at the host, which waits for no lock. */
    private static LocalPorts keep(String text, LocalPorts built) {
        LOCK.lock();
        try {
            LocalPorts before = KNOWN.putIfAbsent(text, built);
            return before != null ? before : built;
        } finally {
            LOCK.unlock();
        }
    }
}
