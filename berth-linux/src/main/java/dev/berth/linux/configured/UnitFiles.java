package dev.berth.linux.configured;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The unit files of systemd, and which of them the next start wants: systemd.unit(5). */
final class UnitFiles {
    /** From the directory that wins to the one that loses, where several have a file of the same name. */
    private static final List<String> DIRECTORIES = List.of(
            "/etc/systemd/system.control",
            "/run/systemd/system.control",
            "/run/systemd/transient",
            "/run/systemd/generator.early",
            "/etc/systemd/system",
            "/etc/systemd/system.attached",
            "/run/systemd/system",
            "/run/systemd/system.attached",
            "/run/systemd/generator",
            "/usr/local/lib/systemd/system",
            "/usr/lib/systemd/system",
            "/lib/systemd/system",
            "/run/systemd/generator.late");

    private final ConfigurationFiles files;
    private final Map<String, String> directories = new TreeMap<>(); // by the name of the unit
    private final Set<String> wanted = new HashSet<>();

    private UnitFiles(ConfigurationFiles files) {
        this.files = files;
    }

    static UnitFiles read(ConfigurationFiles files) {
        var units = new UnitFiles(files);
        for (String directory : DIRECTORIES) {
            for (String name : files.names(directory)) {
                if (name.endsWith(".wants") || name.endsWith(".requires")) {
                    units.wanted.addAll(files.names(directory + "/" + name));
                } else {
                    units.directories.putIfAbsent(name, directory);
                }
            }
        }
        return units;
    }

    /** The names of all units of a kind that can start: those installed, and instances of templates that are wanted. */
    List<String> names(String suffix) {
        return Stream.concat(directories.keySet().stream(), wanted.stream())
                .filter(name -> name.endsWith(suffix) && !name.endsWith("@" + suffix) && isInstalled(name))
                .distinct()
                .sorted()
                .toList();
    }

    /** The first of these that is enabled, else the first that is installed; null where none is. */
    @Nullable
    UnitState find(List<String> names) {
        UnitState installed = null;
        for (String name : names) {
            if (isInstalled(name)) {
                var state = new UnitState(name, wanted.contains(name) && !isMasked(name));
                if (state.enabled()) {
                    return state;
                }
                installed = installed == null ? state : installed;
            }
        }
        return installed;
    }

    /** What the unit's file and its drop-ins say, in the order in which they count; nothing where it is masked. */
    List<Statement> statements(String name) {
        var statements = new ArrayList<Statement>();
        if (isMasked(name)) {
            return statements;
        }
        add(path(name), statements);
        var dropIns = new TreeMap<String, String>();
        for (String folder :
                List.of(name + ".d", template(name) + ".d", name.substring(name.lastIndexOf('.') + 1) + ".d")) {
            for (String directory : DIRECTORIES) {
                for (String file : files.names(directory + "/" + folder)) {
                    if (file.endsWith(".conf")) {
                        dropIns.putIfAbsent(file, directory + "/" + folder + "/" + file);
                    }
                }
            }
        }
        for (String dropIn : dropIns.values()) {
            add(dropIn, statements);
        }
        return statements;
    }

    private void add(@Nullable String path, List<Statement> statements) {
        String text = path == null ? null : files.text(path);
        if (path != null && text != null) {
            statements.addAll(LineSyntax.parse(path, text));
        }
    }

    /** A link to {@code /dev/null} reads as an empty file, and systemd takes either to mean the same. */
    private boolean isMasked(String name) {
        String path = path(name);
        String text = path == null ? null : files.text(path);
        return text != null && text.isEmpty();
    }

    private boolean isInstalled(String name) {
        return path(name) != null;
    }

    private @Nullable String path(String name) {
        String own = directories.get(name);
        if (own != null) {
            return own + "/" + name;
        }
        String shared = directories.get(template(name));
        return shared == null ? null : shared + "/" + template(name);
    }

    /** {@code x@.socket} for {@code x@1.socket}; the name itself where it is no instance. */
    private static String template(String name) {
        int at = name.indexOf('@');
        int dot = name.lastIndexOf('.');
        return at < 0 || dot < at ? name : name.substring(0, at + 1) + name.substring(dot);
    }
}
