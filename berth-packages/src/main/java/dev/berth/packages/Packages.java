package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Makes all packages: {@code Packages CHECKOUT JAR OUT}. */
public final class Packages {
    private static final int NOT_POSSIBLE = 4;
    private static final int FAILED = 70;

    private Packages() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            List<PackagingException> leftOut = make(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
            leftOut.forEach(one -> System.err.println(one.told()));
            if (!leftOut.isEmpty()) {
                System.exit(NOT_POSSIBLE);
            }
        } catch (PackagingException e) {
            System.err.println(e.told());
            System.exit(FAILED);
        }
    }

    /**
     * @param checkout the sources
     * @param jar the program built from them, with all that it needs
     * @param out the folder that the packages go to
     * @return the packages that this system cannot make, each with the reason; the others are made
     */
    static List<PackagingException> make(Path checkout, Path jar, Path out)
            throws IOException, InterruptedException, PackagingException {
        Path home = checkout.toRealPath();
        Path target = Files.createDirectories(out.toAbsolutePath().normalize()).toRealPath();
        Path work = Files.createDirectories(target.resolve("work"));
        Release release = Release.of(home);
        say("linking an image of " + release.build());
        Path image = work.resolve("image");
        List<String> natives = Here.isWindows() ? List.of() : LinuxNatives.compile(home, work);
        LinkedImage.link(home, ProgramModule.make(home, jar.toRealPath(), natives, release, work), image);
        say("preparing a fast start");
        FastStart.prepare(image, work);
        var leftOut = new ArrayList<PackagingException>();
        if (Here.isWindows()) {
            Path folder = work.resolve("windows");
            WindowsFolder.around(image, home, jar, release, folder);
            packed(WindowsZip.write(folder, release, target));
        } else {
            forLinux(home, jar, release, work, target, leftOut);
            forWindows(home, jar, release, work, target, leftOut);
        }
        Checksums.write(target);
        return leftOut;
    }

    private static void forLinux(
            Path home, Path jar, Release release, Path work, Path target, List<PackagingException> leftOut)
            throws IOException, InterruptedException, PackagingException {
        Path image = work.resolve("image");
        Path prefix = work.resolve("prefix");
        Prefix.make(home, image, prefix);
        Path documents = prefix.resolve("share/doc/berth");
        Path jdk = Path.of(System.getProperty("java.home"));
        Contents.describe(home, jar.toRealPath(), release, jdk, prefix.resolve("lib/berth"), documents);
        Files.copy(
                documents.resolve(Contents.BILL),
                target.resolve(release.fileName() + ".cdx.json"),
                StandardCopyOption.REPLACE_EXISTING);
        packed(Tarball.write(prefix, release, target));
        if (DebianPackage.canBeMade()) {
            packed(DebianPackage.write(home, prefix, release, work, target));
        } else {
            leftOut.add(new PackagingException(
                    "no Debian package", "there is no dpkg-deb here", "install the package dpkg, or take the tarball"));
        }
    }

    private static void forWindows(
            Path home, Path jar, Release release, Path work, Path target, List<PackagingException> leftOut)
            throws IOException, InterruptedException, PackagingException {
        Path runtime;
        try {
            runtime = WindowsRuntime.find(home, ProgramModule.needs(work));
        } catch (PackagingException none) {
            leftOut.add(none);
            return;
        }
        Path folder = work.resolve("windows");
        WindowsFolder.beside(runtime, home, jar, release, folder);
        packed(WindowsZip.write(folder, release, target));
    }

    private static void packed(Path file) {
        say("packed " + file.getFileName());
    }

    private static void say(String what) {
        System.err.println("package: " + what);
    }
}
