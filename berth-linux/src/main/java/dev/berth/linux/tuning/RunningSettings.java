package dev.berth.linux.tuning;

import dev.berth.linux.kernel.Errno;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.NativeCallException;
import dev.berth.linux.kernel.SettingFiles;
import dev.berth.linux.settings.FilesOrGaps;
import dev.berth.linux.settings.ReservedPorts;
import dev.berth.linux.settings.SysctlLine;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** {@code /proc/sys/net} of one network namespace: proc_sys_net(5). */
final class RunningSettings {
    private static final String LIST = "net.ipv4.ip_local_reserved_ports";

    private final Kernel kernel;

    RunningSettings(Kernel kernel) {
        this.kernel = kernel;
    }

    Reading read(String setting) {
        String path = NetSetting.path(setting);
        try {
            byte[] read = kernel.files().read(path);
            return read == null
                    ? new Reading.Unset()
                    : new Reading.Value(SysctlLine.plain(new String(read, StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            return new Reading.Unknown(FilesOrGaps.why(path, e));
        }
    }

    @Nullable
    ActOutcome obstacle(String setting) {
        SettingFiles files = kernel.settings();
        if (files == null) {
            return unknownCalls();
        }
        try {
            files.open(NetSetting.path(setting));
            return null;
        } catch (NativeCallException e) {
            return refused(setting, e);
        }
    }

    ActOutcome write(String setting, @Nullable String text) {
        SettingFiles files = kernel.settings();
        if (files == null) {
            return unknownCalls();
        }
        if (text == null) {
            return new ActOutcome.Failed("what runs always has a value");
        }
        Reading before = read(setting);
        try {
            write(files, setting, text, before);
            return new ActOutcome.Done();
        } catch (NativeCallException e) {
            ActOutcome outcome = e.errno() == Errno.EINVAL ? unsuitable(setting, text) : refused(setting, e);
            return putBack(files, setting, before) ? outcome : halfDone(setting, outcome);
        }
    }

    private static void write(SettingFiles files, String setting, String text, Reading before)
            throws NativeCallException {
        String path = NetSetting.path(setting);
        byte[] line = NetSetting.bytes(text + "\n");
        if (setting.equals(LIST) && before instanceof Reading.Value(String now) && covers(text, now)) {
            files.add(path, line);
        } else {
            files.replace(path, line);
        }
    }

    /** Whether a list has every port of another. */
    private static boolean covers(String list, String other) {
        BitSet ports = ReservedPorts.bits(list);
        BitSet missing = ReservedPorts.bits(other);
        if (ports == null || missing == null) {
            return false;
        }
        missing.andNot(ports);
        return missing.isEmpty();
    }

    /** A refusal leaves some of what came before it: the first pages of a long list, the first of several numbers. */
    private boolean putBack(SettingFiles files, String setting, Reading before) {
        if (!(before instanceof Reading.Value(String text)) || read(setting).equals(before)) {
            return true;
        }
        try {
            files.replace(NetSetting.path(setting), NetSetting.bytes(text + "\n"));
            return read(setting).equals(before);
        } catch (NativeCallException e) {
            return false;
        }
    }

    private ActOutcome halfDone(String setting, ActOutcome outcome) {
        return new ActOutcome.Failed(outcome.detail() + "; and what there was before could not be put back: " + setting
                + " is now " + read(setting));
    }

    private ActOutcome unsuitable(String setting, String text) {
        return new ActOutcome.Failed("the kernel refuses '%s' for %s, which takes %s"
                .formatted(text.length() > 60 ? text.substring(0, 60) + "…" : text, setting, takes(setting)));
    }

    /** What a setting takes, as a refusal does not say: ip-sysctl of the kernel's documentation, and tries. */
    private String takes(String setting) {
        return switch (setting) {
            case LIST -> "ports and ranges of them up to 65535, such as 80,8080-8090, without blanks";
            case "net.ipv4.ip_local_port_range" ->
                "two ports, the lower one first and not below net.ipv4.ip_unprivileged_port_start"
                        + inBrackets("net.ipv4.ip_unprivileged_port_start");
            case "net.ipv4.ip_unprivileged_port_start" ->
                "a port, or 0, that is not above the start of net.ipv4.ip_local_port_range"
                        + inBrackets("net.ipv4.ip_local_port_range");
            case "net.ipv4.tcp_tw_reuse" -> "0, 1 or 2";
            case "net.ipv4.tcp_tw_reuse_delay" -> "1 to 60000 ms";
            default -> "another kind of value";
        };
    }

    private String inBrackets(String setting) {
        return read(setting) instanceof Reading.Value(String text) ? " (" + text + ")" : "";
    }

    /** What the kernel answered before it looked at a value. */
    private static ActOutcome refused(String setting, NativeCallException e) {
        return switch (e.errno()) {
            case Errno.ENOENT, Errno.ENOTDIR -> new ActOutcome.NotOnThisSystem("this kernel has no " + setting);
            // net_ctl_permissions, net/sysctl_net.c: the owner is the root of the namespace's user namespace
            case Errno.EACCES, Errno.EPERM ->
                new ActOutcome.NotPermitted("root, or CAP_NET_ADMIN over this network namespace");
            case Errno.EROFS ->
                new ActOutcome.NotOnThisSystem( // whoever asks
                        "/proc/sys is mounted read-only, as in containers; docker run --sysctl, or "
                                + "securityContext.sysctls of a pod, sets " + setting + " from outside");
            default -> new ActOutcome.Failed(setting + " could not be set: " + e.getMessage());
        };
    }

    private static ActOutcome unknownCalls() {
        return new ActOutcome.NotOnThisSystem(
                "Berth does not know the system calls of " + System.getProperty("os.arch", "this architecture"));
    }
}
