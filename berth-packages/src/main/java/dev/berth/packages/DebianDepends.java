package dev.berth.packages;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which packages of Debian the programs and libraries of a folder need: those that they are linked to, and the libc's version. */
final class DebianDepends {
    private static final String LIBC = "libc6";
    private static final String SYMBOLS = "GLIBC_";
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("libc.so.6", LIBC),
            Map.entry("libm.so.6", LIBC),
            Map.entry("libdl.so.2", LIBC),
            Map.entry("librt.so.1", LIBC),
            Map.entry("libpthread.so.0", LIBC),
            Map.entry("ld-linux-x86-64.so.2", LIBC),
            Map.entry("libz.so.1", "zlib1g"),
            Map.entry("libgcc_s.so.1", "libgcc-s1"),
            Map.entry("libstdc++.so.6", "libstdc++6"));

    private DebianDepends() {}

    /** The field {@code Depends}. */
    static String of(Path folder) throws IOException, PackagingException {
        List<Path> files = Folder.files(folder);
        var own = files.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        var packages = new TreeSet<String>();
        var versions = new TreeSet<>(Comparator.comparing(Version::parse));
        for (Path file : files) {
            ElfFile elf = ElfFile.read(file).orElse(null);
            if (elf == null) {
                continue;
            }
            elf.versions().stream()
                    .filter(version -> version.matches(SYMBOLS + "[0-9.]+"))
                    .forEach(version -> versions.add(version.substring(SYMBOLS.length())));
            for (String library : elf.libraries()) {
                if (own.contains(library)) {
                    continue;
                }
                String found = PACKAGES.get(library);
                if (found == null) {
                    throw new PackagingException(
                            folder.relativize(file) + " is linked to " + library,
                            "which package of Debian that is in is not known here",
                            "add it to DebianDepends, or build with another JDK");
                }
                packages.add(found);
            }
        }
        return packages.stream()
                .map(name ->
                        name.equals(LIBC) && !versions.isEmpty() ? "%s (>= %s)".formatted(name, versions.last()) : name)
                .collect(Collectors.joining(", "));
    }
}
