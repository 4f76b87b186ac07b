package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.sockets.DiagMessage;
import dev.berth.platform.SecretMask;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What no capture holds: secrets on command lines, keys that the kernel shows to root, and mounts that are no concern of
 * ports.
 */
final class WithoutSecrets implements Redaction {
    /**
     * INET_DIAG_MEMINFO to SKMEMINFO, SHUTDOWN, SKV6ONLY, MARK, BBRINFO, CLASS_ID, CGROUP_ID and SOCKOPT of
     * linux/inet_diag.h. Others may hold keys, as MD5SIG does: struct tcp_diag_md5sig.
     */
    private static final Set<Integer> HARMLESS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 15, 16, 17, 21, 22);

    private static final int ATTRIBUTE_HEADER = 4; // struct rtattr: length, type

    @Override
    public byte[] file(String path, byte[] contents) {
        if (path.startsWith("/proc/") && path.endsWith("/cmdline")) {
            return masked(new String(contents, UTF_8)).getBytes(UTF_8);
        }
        return path.equals("/proc/self/mounts")
                ? mountsOfProc(new String(contents, UTF_8)).getBytes(UTF_8)
                : contents;
    }

    /** Arguments stay apart, each ended by a NUL as in proc_pid_cmdline(5). */
    private static String masked(String cmdline) {
        int end = cmdline.length();
        while (end > 0 && cmdline.charAt(end - 1) == 0) {
            end--;
        }
        return end == 0
                ? ""
                : String.join(
                                "\0",
                                SecretMask.maskEach(
                                        List.of(cmdline.substring(0, end).split("\0", -1)))) + "\0";
    }

    private static String mountsOfProc(String mounts) {
        return mounts.lines()
                .filter(line -> line.contains(" /proc proc "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public void datagram(ByteBuffer datagram) {
        SocketsInDatagram.visit(datagram, WithoutSecrets::blankUnknownAttributes);
    }

    private static void blankUnknownAttributes(ByteBuffer datagram, int socket, int end) {
        int at = socket + DiagMessage.SIZE;
        while (end - at >= ATTRIBUTE_HEADER) {
            int length = Short.toUnsignedInt(datagram.getShort(at));
            if (length < ATTRIBUTE_HEADER || length > end - at) {
                break;
            }
            if (!HARMLESS.contains((int) datagram.getShort(at + 2))) {
                SocketsInDatagram.blank(datagram, at + ATTRIBUTE_HEADER, at + length);
            }
            at += length + 3 & ~3;
        }
        SocketsInDatagram.blank(datagram, Math.min(at, end), end);
    }
}
