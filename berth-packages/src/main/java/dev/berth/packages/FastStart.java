package dev.berth.packages;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The archives of classes that an image starts from: {@code start/all.jsa}, and others of fewer classes for the commands that
 * are asked in a hurry. None is where a Java would take it by itself, unseen whether it is as it was made.
 *
 * <p>On Linux that is for the launcher to see, by the sum beside it. On Windows the virtual machine sees to it; since it ends
 * where the heap of an archive with linked classes is damaged, those there are not linked, and a start takes longer.
 *
 * @see <a href="https://openjdk.org/jeps/483">JEP 483</a>
 */
final class FastStart {
    private static final String MAIN = ProgramModule.NAME + "/dev.berth.cli.Main";
    private static final String TRAINING = ProgramModule.NAME + "/dev.berth.cli.Training";

    private FastStart() {}

    /** Runs the commands in {@code image}, and keeps there what they have loaded. */
    static void prepare(Path image, Path work) throws IOException, InterruptedException, PackagingException {
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(held.getInetAddress(), held.getLocalPort());
                var accepted = held.accept()) {
            client.setSoLinger(true, 0); // a close that leaves no TIME_WAIT behind
            accepted.setSoLinger(true, 0);
            Path start = Folder.fresh(image.resolve("start"));
            for (String scope : List.of("all", "look", "who")) {
                Path classes = work.resolve(scope + ".lst");
                Files.deleteIfExists(classes);
                java(
                        image,
                        work,
                        "-Xshare:off",
                        "-XX:DumpLoadedClassList=" + classes,
                        "-m",
                        TRAINING,
                        Integer.toString(held.getLocalPort()),
                        scope.equals("all") ? "" : scope);
                inOrder(classes);
                Path archive = start.resolve(scope + ".jsa");
                java(
                        image,
                        work,
                        "-Xshare:dump",
                        Here.isWindows() ? "-XX:-AOTClassLinking" : "-XX:+AOTClassLinking",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + archive,
                        "-m",
                        MAIN);
                if (!Here.isWindows()) {
                    seal(image, archive);
                }
            }
        }
    }

    private static void seal(Path image, Path archive) throws IOException, InterruptedException, PackagingException {
        String intact = image.resolve("bin/intact").toString();
        Files.writeString(
                archive.resolveSibling(archive.getFileName() + ".sum"),
                Tool.run(image, Map.of(), List.of(intact, "--sum", archive.toString())));
    }

    /** Threads load classes in no order: the same classes are to give the same list. Notes follow the classes they are about. */
    private static void inOrder(Path classes) throws IOException {
        List<String> lines = Files.readAllLines(classes);
        Files.writeString(
                classes,
                lines.stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst(" id: [0-9]+$", ""))
                        .distinct()
                        .sorted(Comparator.comparing((String line) -> line.startsWith("@"))
                                .thenComparing(Comparator.naturalOrder()))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static void java(Path image, Path work, String... arguments)
            throws IOException, InterruptedException, PackagingException {
        var command = new ArrayList<>(List.of(LinkedImage.java(image).toString()));
        command.addAll(List.of(arguments));
        Tool.run(work, Map.of(), command);
    }
}
