package dev.berth.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a scenario uses and a machine may lack.
 *
 * @param what as in {@code nginx}
 * @param next where to get it
 * @param part what is left out without it; null where nothing can be staged without it
 * @param here whether it is
 */
public record Need(String what, String next, @Nullable String part, BooleanSupplier here) {
    /** Where a program is looked for, there and in the namespaces: root's folders too, whoever asks. */
    public static final List<String> FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    public static Need program(String name, String debianPackage) {
        return new Need(
                name, "install it: on Debian and Ubuntu, apt-get install " + debianPackage, null, () -> has(name));
    }

    /** A setting of the kernel; {@code key} is its path below {@code /proc/sys/net}. */
    public static Need setting(String key) {
        return new Need(
                "net." + key.replace('/', '.'),
                "use a kernel that has this setting",
                null,
                () -> Files.exists(Path.of("/proc/sys/net", key)));
    }

    public static Need folder(String path) {
        return new Need(path, "make it: mkdir " + path, null, () -> Files.isDirectory(Path.of(path)));
    }

    /** So many open files in each process, as a limit allows it. */
    public static Need files(long many) {
        return new Need(
                String.format(Locale.ROOT, "%,d open files for each process", many),
                "raise the hard limit: ulimit -Hn, or LimitNOFILE of the service",
                null,
                () -> OpenFiles.most() >= many);
    }

    /** @throws LabException where one of them, and not just for a part, is not here */
    public static void requireAll(String what, List<Need> needs) throws LabException {
        List<Need> missing = needs.stream()
                .filter(need -> need.part == null && !need.isHere())
                .toList();
        long kinds = missing.stream().map(Need::what).distinct().count();
        if (kinds > 0) {
            throw new LabException(
                    LabException.Kind.NOT_POSSIBLE,
                    what,
                    "it needs " + joined(missing, Need::what, ", ") + ", which " + (kinds == 1 ? "is" : "are")
                            + " not here",
                    joined(missing, Need::next, "; "));
        }
    }

    private static String joined(List<Need> needs, Function<Need, String> part, String between) {
        return needs.stream().map(part).distinct().collect(Collectors.joining(between));
    }

    /** That version of Linux, or a newer one. */
    public static Need linux(int major, int minor) {
        return new Need(
                "Linux " + major + "." + minor,
                "use a newer kernel than " + System.getProperty("os.version"),
                null,
                () -> isLinux(major, minor, System.getProperty("os.version")));
    }

    private static boolean isLinux(int major, int minor, String release) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        String[] numbers = release.split("\\D", 3); // 6.1.0-13-amd64
        int first = Integer.parseInt(numbers[0]);
        return first > major || first == major && Integer.parseInt(numbers[1]) >= minor;
    }

    /** The same, and without it only {@code part} is left out. */
    public Need only(String part) {
        return new Need(what, next, part, here);
    }

    public boolean isHere() {
        return here.getAsBoolean();
    }

    private static boolean has(String program) {
        return FOLDERS.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
