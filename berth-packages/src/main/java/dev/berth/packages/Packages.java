package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Makes all packages that this system can make: {@code Packages CHECKOUT JAR OUT WORK}. */
public final class Packages {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final int NOT_POSSIBLE = 4;
    private static final int FAILED = 70;

    private final Path home;
    private final Path jar;
    private final Release release;
    private final Path work;
    private final Path finished;
    private final List<PackagingException> leftOut = new ArrayList<>();

    private Packages(Path home, Path jar, Release release, Path work) throws IOException {
        this.home = home;
        this.jar = jar.toRealPath();
        this.release = release;
        this.work = Files.createDirectories(work).toRealPath();
        this.finished = Folder.fresh(this.work.resolve("finished"));
    }

    public static void main(String[] args) throws InterruptedException {
        try {
            Path home = Path.of(args[0]).toRealPath();
            List<PackagingException> leftOut =
                    make(home, Path.of(args[1]), Release.of(home), Path.of(args[2]), Path.of(args[3]));
            leftOut.forEach(one -> System.err.println(one.told()));
            if (!leftOut.isEmpty()) {
                System.exit(NOT_POSSIBLE);
            }
        } catch (PackagingException e) {
            System.err.println(e.told());
            System.exit(FAILED);
        } catch (IOException e) {
            System.err.println(new PackagingException(
                            "the packages could not be made",
                            e.toString(),
                            "look at that file, and at the room on its disk")
                    .told());
            System.exit(FAILED);
        }
    }

    /**
     * @param home the checkout
     * @param jar the program built from it, with all that it needs, and beside it the jars that went into it
     * @param out the folder that the packages go to when all are made, in the place of those of the same name
     * @param work a folder of this program's own, of which nothing is kept
     * @return the packages that this system cannot make, each with the reason; the others are made
     */
    static List<PackagingException> make(Path home, Path jar, Release release, Path out, Path work)
            throws IOException, InterruptedException, PackagingException {
        Files.createDirectories(out);
        var packages = new Packages(home, jar, release, work);
        Path image = packages.image();
        if (Here.isWindows()) {
            packages.zipAround(image);
        } else {
            packages.forLinux(image);
            packages.zipFromElsewhere();
        }
        Checksums.write(packages.finished);
        for (Path file : Folder.files(packages.finished)) {
            Files.move(file, out.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return packages.leftOut;
    }

    private Path image() throws IOException, InterruptedException, PackagingException {
        say("linking an image of " + release.build());
        Path image = work.resolve("image");
        List<String> natives = Here.isWindows() ? List.of() : LinuxNatives.compile(home, work);
        LinkedImage.link(home, ProgramModule.make(home, jar, natives, release, work), image);
        say("preparing a fast start");
        FastStart.prepare(image, work);
        return image;
    }

    private void forLinux(Path image) throws IOException, InterruptedException, PackagingException {
        Path prefix = work.resolve("prefix");
        Prefix.make(home, image, prefix);
        Path documents = prefix.resolve("share/doc/berth");
        Contents.describe(home, jar, release, JDK, prefix.resolve("lib/berth"), documents);
        Folder.readableByAll(documents);
        billed(documents, "");
        packed(Tarball.write(prefix, release, finished));
        if (DebianPackage.canBeMade()) {
            packed(DebianPackage.write(home, prefix, release, work, finished));
        } else {
            leftOut.add(new PackagingException(
                    "no Debian package", "there is no dpkg-deb here", "install the package dpkg, or take the tarball"));
        }
    }

    private void zipAround(Path image) throws IOException, InterruptedException, PackagingException {
        Path folder = work.resolve("windows");
        WindowsFolder.around(image, home, jar, folder);
        zip(folder, JDK);
    }

    /** On a Java for Windows that others have linked, since none can be linked here. */
    private void zipFromElsewhere() throws IOException, InterruptedException, PackagingException {
        Path runtime;
        try {
            runtime = WindowsRuntime.find(home, ProgramModule.needs(work));
        } catch (PackagingException none) {
            leftOut.add(none);
            return;
        }
        Path folder = work.resolve("windows");
        WindowsFolder.beside(runtime, home, jar, release, folder);
        zip(folder, runtime);
    }

    private void zip(Path folder, Path jdk) throws IOException, PackagingException {
        Contents.describe(home, jar, release, jdk, folder.resolve("runtime"), folder);
        billed(folder, "-windows-x64");
        packed(WindowsZip.write(folder, release, finished));
    }

    /** Beside the packages too, for those who want to know before they unpack. */
    private void billed(Path documents, String platform) throws IOException {
        Path bill = finished.resolve(release.fileName() + platform + ".cdx.json");
        Files.copy(documents.resolve(Contents.BILL), bill, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void packed(Path file) {
        say("packed " + file.getFileName());
    }

    private static void say(String what) {
        System.err.println("package: " + what);
    }
}
