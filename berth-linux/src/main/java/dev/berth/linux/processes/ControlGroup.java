package dev.berth.linux.processes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process belongs to, by the names of its control groups: {@code /proc/PID/cgroup}, cgroups(7).
 *
 * @param unit the innermost systemd unit, such as {@code nginx.service}; it may be one of a user's own service manager,
 *     and inside a container it is that container's. A scope that is nothing but a container's shell does not count
 * @param container the innermost container: 64 hexadecimal digits, or the name that LXC gives it
 */
record ControlGroup(@Nullable String unit, @Nullable String container) {
    private static final int ID_LENGTH = 64; // a SHA-256 in hexadecimal: Docker, containerd, CRI-O, Podman
    private static final List<String> UNIT_SUFFIXES = List.of(".service", ".scope", ".socket", ".mount", ".swap");

    /** Reads the file; version 2 lines first, then systemd's own hierarchy, then the rest of version 1. */
    static ControlGroup parse(String text) {
        String unit = null;
        String container = null;
        for (String path : paths(text)) {
            String[] names = path.split("/", -1);
            unit = unit != null ? unit : unit(names);
            container = container != null ? container : container(names);
        }
        return new ControlGroup(unit, container);
    }

    private static List<String> paths(String text) {
        var unified = new ArrayList<String>();
        var systemd = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(":", 3); // hierarchy, controllers, path
            if (fields.length == 3) {
                boolean named = fields[1].equals("name=systemd");
                (fields[1].isEmpty() ? unified : named ? systemd : others).add(fields[2]);
            }
        }
        unified.addAll(systemd);
        unified.addAll(others);
        return unified;
    }

    /** One below another is the business of a service manager of its own: a user's, or one inside a container. */
    private static @Nullable String unit(String[] names) {
        boolean outside =
                names.length > 1 && names[1].equals(".."); // of this cgroup namespace: another system's manager
        String unit = null;
        for (String name : names) {
            String plain = name.startsWith("_") ? name.substring(1) : name; // systemd's escape for names that clash
            boolean managersOwn = plain.equals("init.scope") && unit != null; // user@1000.service/init.scope
            if (isUnit(plain) && !managersOwn && containerId(plain) == null) {
                unit = unit == null ? (outside ? "../" : "") + plain : unit + "/" + plain;
            }
        }
        return unit;
    }

    private static boolean isUnit(String name) {
        for (String suffix : UNIT_SUFFIXES) {
            if (name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String container(String[] names) {
        String container = null;
        for (int i = 0; i < names.length; i++) {
            String id = containerId(names[i]);
            if (id != null && !names[i].contains("conmon")) { // the monitor of a container runs outside of it
                container = id;
            }
            String lxc = lxcName(names[i], i + 1 < names.length ? names[i + 1] : "");
            container = lxc != null ? lxc : container;
        }
        return container;
    }

    /** The id at the end of {@code docker-ID.scope}, {@code cri-containerd:ID}, {@code libpod-payload-ID} or a bare ID. */
    private static @Nullable String containerId(String name) {
        String plain = name.endsWith(".scope") ? name.substring(0, name.length() - ".scope".length()) : name;
        int start = plain.length() - ID_LENGTH;
        if (start < 0 || start > 0 && plain.charAt(start - 1) != '-' && plain.charAt(start - 1) != ':') {
            return null;
        }
        String id = plain.substring(start);
        return id.chars().allMatch(c -> '0' <= c && c <= '9' || 'a' <= c && c <= 'f') ? id : null;
    }

    private static @Nullable String lxcName(String name, String next) {
        if (name.startsWith("lxc.payload.")) {
            return name.substring("lxc.payload.".length());
        }
        return (name.equals("lxc") || name.equals("lxc.payload")) && !next.isEmpty() ? next : null;
    }
}
