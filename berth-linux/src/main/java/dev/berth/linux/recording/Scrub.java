package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.sockets.DiagMessage;
import dev.berth.net.IpAddress;
import dev.berth.platform.capture.AddressPseudonyms;
import dev.berth.platform.capture.Pseudonyms;
import dev.berth.platform.capture.WrittenAddresses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pseudonyms for addresses, users and the host; of command lines, only the program. Ports, states, numbers, and the names
 * of programs, units, containers and network namespaces stay.
 */
final class Scrub implements Redaction {
    private static final String HOST_NAME = "/proc/sys/kernel/hostname";
    private static final String FIB_TRIE = "/proc/net/fib_trie";
    private static final String IF_INET6 = "/proc/net/if_inet6";
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int FIRST_PERSON = 1000; // UID_MIN of login.defs(5)

    private static final Set<String> SOCKET_FILES =
            Set.of("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6");
    private static final Pattern PROGRAM = Pattern.compile("(?s)(?:[^\\s\0]*/)?([^\\s\0/]*).*");

    /** {@code --comment} of iptables-save(8), and {@code "comment":} of libnftables-json(5). */
    private static final Pattern REMARK =
            Pattern.compile("(--comment |\"comment\": ?)(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"]+)");

    private final Pseudonyms pseudonyms;
    private final AddressPseudonyms addresses;
    private final WrittenAddresses written;
    private final Map<String, String> names;
    private final Pattern anyName;

    private Scrub(Pseudonyms pseudonyms, Map<String, String> names) {
        this.pseudonyms = pseudonyms;
        this.addresses = new AddressPseudonyms(pseudonyms);
        this.written = new WrittenAddresses(addresses::of);
        this.names = names;
        this.anyName = Pattern.compile(names.keySet().stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")));
    }

    /** One for this host, whose name and people are looked up to be recognised elsewhere. */
    static Scrub of(KernelFiles live) {
        var pseudonyms = new Pseudonyms();
        var names = new HashMap<String, String>();
        for (String line : text(live, Users.PASSWD).split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length > 2 && isPerson(fields[2])) {
                names.put(fields[0], pseudonyms.of("user", fields[0]));
            }
        }
        String host = text(live, HOST_NAME).strip();
        names.put(host, pseudonyms.of("host", host));
        names.remove("");
        return new Scrub(pseudonyms, names);
    }

    private static boolean isPerson(String number) {
        try {
            return Long.parseLong(number) >= FIRST_PERSON;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String text(KernelFiles files, String path) {
        try {
            byte[] contents = files.read(path);
            return contents == null ? "" : new String(contents, UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public byte[] file(String path, byte[] contents) {
        if (SOCKET_FILES.contains(path)) {
            return ProcNetAddresses.replaced(contents, addresses::of);
        }
        if (path.equals(FIB_TRIE)) {
            return written.replaced(new String(contents, UTF_8)).getBytes(UTF_8);
        }
        if (path.equals(IF_INET6)) {
            return written.replacedDigits(new String(contents, UTF_8)).getBytes(UTF_8);
        }
        UnaryOperator<String> change = changeOf(path);
        return change == null
                ? contents
                : change.apply(new String(contents, UTF_8)).getBytes(UTF_8);
    }

    private @Nullable UnaryOperator<String> changeOf(String path) {
        if (path.equals(HOST_NAME)) {
            return text -> pseudonyms.of("host", text.strip()) + "\n";
        } else if (path.equals("/proc/net/ip_vs")) {
            return text -> lines(text, line -> line.substring(0, Math.max(0, line.indexOf(' '))));
        } else if (path.equals(Users.PASSWD)) {
            return this::passwd;
        } else if (path.startsWith("/proc/") && path.endsWith("/cmdline")) {
            return text -> text.isEmpty() ? text : PROGRAM.matcher(text).replaceFirst("$1\0");
        } else if (path.startsWith("/proc/") && path.endsWith("/cgroup")) {
            return this::withoutNames;
        } else if (path.startsWith("/proc/") && path.endsWith("/status")) {
            return text -> lines(text, line -> line.startsWith("Uid:") || line.startsWith("CapEff:") ? line : null);
        } else if (path.equals("/etc/sysctl.conf") || path.contains("/sysctl.d/")) {
            return text -> lines(text, line -> isAboutNetworks(line) ? line : "#");
        }
        return null;
    }

    /** Lines keep their numbers, which answers quote. */
    private static boolean isAboutNetworks(String line) {
        String start = line.strip();
        return !start.startsWith("#") && !start.startsWith(";") && (start.contains("net") || start.contains("*"));
    }

    private static String lines(String text, Function<String, @Nullable String> change) {
        return text.lines()
                .map(change)
                .filter(Objects::nonNull)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private String passwd(String text) {
        return lines(text, line -> {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon));
            return name.equals("root") ? line : pseudonyms.of("user", name) + line.substring(Math.max(0, colon));
        });
    }

    private String withoutNames(String text) {
        return names.isEmpty()
                ? text
                : anyName.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), "")));
    }

    /** Addresses of rules; remarks in them are people's own words, and go. */
    @Override
    public String output(String text) {
        return withoutNames(written.replaced(REMARK.matcher(text).replaceAll("$1\"\"")));
    }

    @Override
    public void datagram(ByteBuffer datagram) {
        SocketsInDatagram.visit(datagram, (bytes, socket, end) -> {
            int size = switch (bytes.get(socket + DiagMessage.FAMILY)) {
                case AF_INET -> 4;
                case AF_INET6 -> 16;
                default -> 0;
            };
            replace(bytes, socket + DiagMessage.SOURCE, size);
            replace(bytes, socket + DiagMessage.DESTINATION, size);
        });
    }

    private void replace(ByteBuffer datagram, int at, int size) {
        if (size == 0) {
            return;
        }
        byte[] address = new byte[size];
        datagram.get(at, address);
        IpAddress other = addresses.of(IpAddress.of(address));
        byte[] whole = ByteBuffer.allocate(16)
                .putLong(other.high())
                .putLong(other.low())
                .array();
        datagram.put(at, whole, whole.length - size, size);
    }
}
