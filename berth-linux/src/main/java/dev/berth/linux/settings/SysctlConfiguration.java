package dev.berth.linux.settings;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.HostTuning.Persistence;
import dev.berth.platform.Tunable.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the sysctl.d files assign, in the order in which the next start applies it: sysctl.d(5), systemd-sysctl(8),
 * sysctl(8).
 */
public final class SysctlConfiguration {
    /** From the directory that wins to the one that loses, where both have a file of the same name. */
    private static final List<String> DIRECTORIES =
            List.of("/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d");

    private static final String SYSCTL_CONF = "/etc/sysctl.conf";
    private static final String LINK_TO_SYSCTL_CONF = "99-sysctl.conf"; // Debian's, Red Hat's and SUSE's name for it

    /**
     * One line.
     *
     * @param order the base name by which its file is sorted; null of what comes after all of them
     */
    private record Entry(String file, @Nullable String order, int number, SysctlLine line) {
        boolean isAfter(String name) {
            return order == null || order.compareTo(name) > 0;
        }

        Assignment assigning(String value) {
            return new Assignment(file, number, SysctlLine.plain(value));
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /** The configuration, or null where a part of it may not be read. */
    public static @Nullable SysctlConfiguration whole(KernelFiles files) {
        var careful = new FilesOrGaps(files);
        SysctlConfiguration configuration = read(careful);
        return careful.gaps().isEmpty() ? configuration : null;
    }

    static SysctlConfiguration read(FilesOrGaps files) {
        var configuration = new SysctlConfiguration();
        String sysctlConf = text(files, SYSCTL_CONF);
        boolean systemd = startedBySystemd(files);
        for (var file : directoryOfEach(files).entrySet()) {
            String path = file.getValue() + "/" + file.getKey();
            String text = text(files, path);
            if (file.getKey().equals(LINK_TO_SYSCTL_CONF) && text != null && text.equals(sysctlConf)) {
                path = SYSCTL_CONF; // the file a person edits
            }
            if (systemd || !path.equals(SYSCTL_CONF)) {
                configuration.add(path, file.getKey(), text);
            }
        }
        if (!systemd) {
            // sysctl --system reads it last, linked or not; systemd-sysctl reads the link alone
            configuration.add(SYSCTL_CONF, null, sysctlConf);
        }
        return configuration;
    }

    /**
     * What is assigned to {@code name}: the last assignment wins. Patterns come first, because any assignment to the very
     * name beats them, and not at all where a line keeps patterns away from it.
     */
    List<Assignment> of(String name) {
        return assignments(entriesOf(name));
    }

    /**
     * What the files assign to {@code name} beside the lines of one of them that assign to the very name.
     *
     * @param own that file, there or not, in {@code /etc/sysctl.d}
     */
    public Persistence beside(String name, String own) {
        String ownName = own.substring(own.lastIndexOf('/') + 1);
        var before = new ArrayList<Entry>();
        var after = new ArrayList<Assignment>();
        for (Entry entry : entriesOf(name)) {
            boolean byName = !entry.line().isPattern() && entry.line().value() != null;
            if (byName && entry.isAfter(ownName)) {
                after.addAll(assignments(List.of(entry)));
            } else if (!byName || !entry.file().equals(own)) {
                before.add(entry);
            }
        }
        return new Persistence(own, assignments(before), after);
    }

    private List<Entry> entriesOf(String name) {
        return entries.stream().filter(entry -> entry.line().isAbout(name)).toList();
    }

    private static List<Assignment> assignments(List<Entry> about) {
        var byPattern = new ArrayList<Assignment>();
        var byName = new ArrayList<Assignment>();
        boolean excepted = false;
        for (Entry entry : about) {
            SysctlLine line = entry.line();
            String value = line.value();
            if (value == null) {
                excepted = true;
            } else {
                (line.isPattern() ? byPattern : byName).add(entry.assigning(value));
            }
        }
        var all = new ArrayList<Assignment>();
        if (!excepted) {
            all.addAll(byPattern);
        }
        all.addAll(byName);
        return all;
    }

    private void add(String file, @Nullable String order, @Nullable String text) {
        if (text == null) {
            return;
        }
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            SysctlLine parsed = SysctlLine.parse(line);
            if (parsed != null) {
                entries.add(new Entry(file, order, number, parsed));
            }
        }
    }

    /** The files to apply, by base name, which is their order whatever directory they are in. */
    private static SortedMap<String, String> directoryOfEach(FilesOrGaps files) {
        var directories = new TreeMap<String, String>();
        for (String directory : DIRECTORIES) {
            for (String name : files.names(directory, "settings that " + directory + " would make at the next start")) {
                if (name.endsWith(".conf")) {
                    directories.putIfAbsent(name, directory);
                }
            }
        }
        return directories;
    }

    private static @Nullable String text(FilesOrGaps files, String path) {
        return files.textIfAny(path, "settings that " + path + " would make at the next start");
    }

    private static boolean startedBySystemd(FilesOrGaps files) {
        String name = files.textIfAny("/proc/1/comm", "which program started this system");
        return name != null && name.strip().equals("systemd");
    }
}
