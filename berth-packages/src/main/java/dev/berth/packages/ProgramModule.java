package dev.berth.packages;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The program and its libraries as the one module of an image. */
final class ProgramModule {
    static final String NAME = "dev.berth";

    private ProgramModule() {}

    /**
     * Makes {@code dev.berth.jmod} in {@code work}.
     *
     * @param jar the program with all that it needs
     * @param natives options of jmod that add what is no class
     */
    static Path make(Path home, Path jar, List<String> natives, Release release, Path work)
            throws IOException, InterruptedException, PackagingException {
        Path classes = Folder.fresh(work.resolve("program"));
        unpack(jar, classes);
        describe(home, classes, release, work);
        Path module = work.resolve(NAME + ".jmod");
        Files.deleteIfExists(module);
        var arguments = new ArrayList<>(List.of(
                "create",
                "--class-path",
                classes.toString(),
                "--module-version",
                release.build(),
                "--date",
                release.time().toString()));
        arguments.addAll(natives);
        arguments.add(module.toString());
        Tool.ofTheJdk("jmod", arguments.toArray(String[]::new));
        return module;
    }

    /** The modules of Java that one made in {@code work} needs. */
    static Set<String> needs(Path work) throws IOException {
        try (var in = Files.newInputStream(work.resolve("program/module-info.class"))) {
            return ModuleDescriptor.read(in).requires().stream()
                    .map(ModuleDescriptor.Requires::name)
                    .collect(Collectors.toSet());
        }
    }

    /** Services are named by the module instead, and versions for older Javas are of no use on this one. */
    private static void unpack(Path jar, Path classes) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                if (entry.isDirectory()
                        || name.startsWith("META-INF/versions/")
                        || name.startsWith("META-INF/services/")
                        || name.equals("META-INF/MANIFEST.MF")) {
                    continue;
                }
                Path file = classes.resolve(name).normalize();
                if (!file.startsWith(classes)) {
                    throw new IOException(jar + " has an entry outside of it: " + name);
                }
                Files.createDirectories(file.getParent());
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
    }

    private static void describe(Path home, Path classes, Release release, Path work)
            throws IOException, InterruptedException, PackagingException {
        Path descriptor = Folder.fresh(work.resolve("descriptor"));
        Tool.ofTheJdk(
                "javac",
                "-d",
                descriptor.toString(),
                "--patch-module",
                NAME + "=" + classes,
                "--module-version",
                release.build(),
                home.resolve("berth-packages/src/main/program/module-info.java").toString());
        Files.copy(descriptor.resolve("module-info.class"), classes.resolve("module-info.class"));
    }
}
