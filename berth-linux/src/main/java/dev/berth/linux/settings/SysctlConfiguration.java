package dev.berth.linux.settings;

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
final class SysctlConfiguration {
    /** From the directory that wins to the one that loses, where both have a file of the same name. */
    private static final List<String> DIRECTORIES =
            List.of("/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d");

    private static final String SYSCTL_CONF = "/etc/sysctl.conf";
    private static final String LINK_TO_SYSCTL_CONF = "99-sysctl.conf"; // Debian's, Red Hat's and SUSE's name for it

    private record Entry(String file, int number, SysctlLine line) {
        Assignment assigning(String value) {
            return new Assignment(file, number, SysctlLine.plain(value));
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    static SysctlConfiguration read(FilesOrGaps files) {
        var configuration = new SysctlConfiguration();
        String sysctlConf = text(files, SYSCTL_CONF);
        boolean linked = false;
        for (var file : directoryOfEach(files).entrySet()) {
            String path = file.getValue() + "/" + file.getKey();
            String text = text(files, path);
            if (file.getKey().equals(LINK_TO_SYSCTL_CONF) && text != null && text.equals(sysctlConf)) {
                linked = true;
                path = SYSCTL_CONF; // the file a person edits
            }
            configuration.add(path, text);
        }
        if (!linked && !startedBySystemd(files)) {
            configuration.add(
                    SYSCTL_CONF, sysctlConf); // what sysctl --system reads last; systemd-sysctl never reads it
        }
        return configuration;
    }

    /**
     * What is assigned to {@code name}: the last assignment wins. Patterns come first, because any assignment to the very
     * name beats them, and not at all where a line keeps patterns away from it.
     */
    List<Assignment> of(String name) {
        var byPattern = new ArrayList<Assignment>();
        var byName = new ArrayList<Assignment>();
        boolean excepted = false;
        for (Entry entry : entries) {
            SysctlLine line = entry.line();
            if (!line.isAbout(name)) {
                continue;
            }
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

    private void add(String file, @Nullable String text) {
        if (text == null) {
            return;
        }
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            SysctlLine parsed = SysctlLine.parse(line);
            if (parsed != null) {
                entries.add(new Entry(file, number, parsed));
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
