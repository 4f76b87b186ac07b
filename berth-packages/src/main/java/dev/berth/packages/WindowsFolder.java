package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is unpacked on a Windows host:
 *
 * <pre>
 * berth.cmd       starts it
 * README.txt      how to begin
 * LICENSE.txt
 * runtime         a Java; with the program in it where the package was made on Windows
 * lib             the program, where it was not
 * completion      for PowerShell
 * deploy          the task for Task Scheduler
 * docs            what the operator reads
 * </pre>
 */
final class WindowsFolder {
    private final Path home;
    private final Path folder;

    private WindowsFolder(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** Puts it together in {@code folder} around an image of Windows, with the program in it. */
    static void around(Path image, Path home, Path jar, Path folder)
            throws IOException, InterruptedException, PackagingException {
        new WindowsFolder(home, Folder.fresh(folder)).fill(image, jar);
    }

    /** Puts it together in {@code folder} around a runtime, with the program beside it. */
    static void beside(Path runtime, Path home, Path jar, Release release, Path folder)
            throws IOException, InterruptedException, PackagingException {
        new WindowsFolder(home, Folder.fresh(folder)).fill(runtime, jar);
        ClassPathProgram.place(home, jar, release, folder.resolve("lib"));
    }

    private void fill(Path runtime, Path jar) throws IOException, InterruptedException, PackagingException {
        Folder.copy(runtime, folder.resolve("runtime"));
        Files.deleteIfExists(folder.resolve("runtime/.version")); // .ci/windows-runtime's own
        Path ours = home.resolve("berth-packages/src/main/windows");
        text(ours.resolve("berth.cmd"), "berth.cmd");
        text(ours.resolve("README.txt"), "README.txt");
        text(home.resolve("LICENSE"), "LICENSE.txt");
        text("completion/berth.ps1", completion(jar));
        text(home.resolve("deploy/README.md"), "deploy/README.md");
        for (Path file : Folder.files(home.resolve("deploy/windows"))) {
            text(file, "deploy/windows/" + file.getFileName());
        }
        Documents.place(home, folder, "deploy");
        for (Path page : Folder.files(folder.resolve("docs"))) {
            text(page, folder.relativize(page).toString());
        }
    }

    private String completion(Path jar) throws IOException, InterruptedException, PackagingException {
        Path java = Path.of(System.getProperty("java.home"), "bin", Here.program("java"));
        return Tool.run(
                home,
                Map.of(),
                List.of(
                        java.toString(),
                        "@" + home.resolve("launcher/jvm.options"),
                        "-cp",
                        jar.toString(),
                        "dev.berth.cli.Main",
                        "completion",
                        "powershell"));
    }

    private void text(Path from, String to) throws IOException {
        text(to, Files.readString(from));
    }

    /** With those of Windows: cmd wants them in scripts, older editors in all. */
    static String lineEnds(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }

    private void text(String to, String text) throws IOException {
        Path file = folder.resolve(to);
        Files.createDirectories(file.getParent());
        Files.writeString(file, lineEnds(text));
    }
}
