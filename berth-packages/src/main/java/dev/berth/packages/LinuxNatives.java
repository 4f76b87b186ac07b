package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an image for Linux has that is no class: the library of system calls, and {@code intact}, which its launcher asks. */
final class LinuxNatives {
    private LinuxNatives() {}

    /** Compiles them in {@code work}. @return the options of jmod that add them */
    static List<String> compile(Path home, Path work) throws IOException, InterruptedException, PackagingException {
        if (!Tool.isThere("cc")) {
            throw new PackagingException(
                    "there is no C compiler here",
                    "an image has a library for its system calls: to link them from Java takes longer than the rest of a start",
                    "sudo apt-get install gcc libc6-dev, or what your system calls them");
        }
        Path headers = Path.of(System.getProperty("java.home"), "include");
        Path libraries = Folder.fresh(work.resolve("libraries"));
        Path commands = Folder.fresh(work.resolve("commands"));
        compile(
                work,
                home.resolve("berth-linux/src/main/c/berth.c"),
                libraries.resolve("libberth.so"),
                "-shared",
                "-fPIC",
                "-I" + headers,
                "-I" + headers.resolve("linux"));
        compile(
                work,
                home.resolve("berth-packages/src/main/c/intact.c"),
                commands.resolve("intact"),
                "-static",
                "-nostdlib",
                "-ffreestanding",
                "-fno-stack-protector",
                "-fno-tree-loop-distribute-patterns"); // which would call memset
        return List.of("--libs", libraries.toString(), "--cmds", commands.toString());
    }

    private static void compile(Path work, Path source, Path result, String... options)
            throws IOException, InterruptedException, PackagingException {
        var command = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-Wl,--build-id=none"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", result.toString(), source.toString()));
        Tool.run(work, Map.of(), command);
    }
}
