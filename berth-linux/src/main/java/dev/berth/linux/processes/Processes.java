package dev.berth.linux.processes;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.Ancestry;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SecretMask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code /proc} tells of processes: proc(5). Not thread-safe. */
public final class Processes {
    private static final long TICKS_PER_SECOND =
            100; // USER_HZ, asm-generic/param.h: what stat counts in, whatever HZ is

    private final KernelFiles files;
    private @Nullable UserNames users;
    private @Nullable Instant bootedAt;

    public Processes(KernelFiles files) {
        this.files = files;
    }

    /** The process as far as it can be seen; empty when it has ended, or is hidden whole. */
    public Optional<ProcessInfo> of(int pid) {
        String directory = "/proc/" + pid;
        ProcStat stat = stat(directory);
        if (stat == null) {
            return Optional.empty();
        }
        var group = ControlGroup.parse(textOrEmpty(directory + "/cgroup"));
        return Optional.of(new ProcessInfo(
                pid,
                stat.name(),
                command(directory),
                user(directory),
                startedAt(stat),
                group.unit(),
                group.container()));
    }

    /** The process with its name, unit and container, out of half as many files as {@link #of} reads. */
    public Optional<ProcessInfo> labelOf(int pid) {
        String directory = "/proc/" + pid;
        ProcStat stat = stat(directory);
        if (stat == null) {
            return Optional.empty();
        }
        var group = ControlGroup.parse(textOrEmpty(directory + "/cgroup"));
        return Optional.of(new ProcessInfo(pid, stat.name(), null, null, null, group.unit(), group.container()));
    }

    /** When the process that has this id now was started; null when there is none, or it is hidden. */
    public @Nullable Instant startedAt(int pid) {
        ProcStat stat = stat("/proc/" + pid);
        return stat == null ? null : startedAt(stat);
    }

    /** This process and those it comes from, itself first, as far as they are shown. */
    public Ancestry ancestry() {
        var line = new ArrayList<ProcessRef>();
        ProcStat stat = stat("/proc/self");
        while (stat != null) {
            Instant started = startedAt(stat);
            if (started == null) {
                break;
            }
            line.add(new ProcessRef(stat.pid(), started));
            if (stat.parent() == 0) { // the first process, or one whose parent is in another pid namespace
                return new Ancestry(line, true);
            }
            stat = stat("/proc/" + stat.parent());
        }
        return new Ancestry(line, false);
    }

    private @Nullable ProcStat stat(String directory) {
        byte[] text = bytes(directory + "/stat");
        return text == null ? null : ProcStat.parse(text);
    }

    private @Nullable String command(String directory) {
        String text = textOrEmpty(directory + "/cmdline");
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return end == 0 ? null : SecretMask.mask(List.of(text.substring(0, end).split("\0", -1)));
    }

    private @Nullable String user(String directory) {
        String uid = wordAfter(textOrEmpty(directory + "/status"), "Uid:", 1); // real, effective, saved, file system
        if (uid == null) {
            return null;
        }
        UserNames known = users != null ? users : new UserNames(files);
        users = known;
        return known.of(uid);
    }

    private @Nullable Instant startedAt(ProcStat stat) {
        Instant boot = bootedAt != null ? bootedAt : readBootTime();
        bootedAt = boot;
        return boot == null ? null : boot.plusMillis(stat.startTicks() * (1_000 / TICKS_PER_SECOND));
    }

    private @Nullable Instant readBootTime() {
        String seconds = wordAfter(textOrEmpty("/proc/stat"), "btime", 0);
        try {
            return seconds == null ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String wordAfter(String text, String key, int index) {
        int at = text.startsWith(key) ? 0 : text.indexOf("\n" + key) + 1;
        if (!text.startsWith(key, at)) {
            return null;
        }
        int end = text.indexOf('\n', at);
        String line = text.substring(at + key.length(), end < 0 ? text.length() : end);
        String[] words = line.strip().split("\\s+", -1);
        return index < words.length && !words[index].isEmpty() ? words[index] : null;
    }

    private String textOrEmpty(String path) {
        byte[] bytes = bytes(path);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private byte @Nullable [] bytes(String path) {
        try {
            return files.read(path);
        } catch (IOException e) {
            return null; // ended while being read (ESRCH), or hidden
        }
    }
}
