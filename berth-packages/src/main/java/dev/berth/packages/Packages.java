package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Makes all packages: {@code Packages CHECKOUT JAR OUT}. */
public final class Packages {
    private static final int FAILED = 70;

    private Packages() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            make(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
        } catch (PackagingException e) {
            System.err.println(e.told());
            System.exit(FAILED);
        }
    }

    /**
     * @param checkout the sources
     * @param jar the program built from them, with all that it needs
     * @param out the folder that the packages go to
     */
    static void make(Path checkout, Path jar, Path out) throws IOException, InterruptedException, PackagingException {
        Path home = checkout.toRealPath();
        Files.createDirectories(out);
        Path target = out.toRealPath();
        Path work = Files.createDirectories(target.resolve("work"));
        Release release = Release.of(home);
        say("linking an image of " + release.build());
        Path image = work.resolve("image");
        Path module = ProgramModule.make(home, jar.toRealPath(), LinuxNatives.compile(home, work), release, work);
        LinkedImage.link(home, module, image);
        say("preparing a fast start");
        FastStart.prepare(image, work);
        Path prefix = work.resolve("prefix");
        Prefix.make(home, image, prefix);
        Path documents = prefix.resolve("share/doc/berth");
        Path jdk = Path.of(System.getProperty("java.home"));
        Contents.describe(home, jar.toRealPath(), release, jdk, prefix.resolve("lib/berth"), documents);
        Files.copy(
                documents.resolve(Contents.BILL),
                target.resolve(release.fileName() + ".cdx.json"),
                StandardCopyOption.REPLACE_EXISTING);
        say("packed " + Tarball.write(prefix, release, target).getFileName());
        if (DebianPackage.canBeMade()) {
            say("packed "
                    + DebianPackage.write(home, prefix, release, work, target).getFileName());
        } else {
            say("no Debian package: there is no dpkg-deb here; apt-get install dpkg");
        }
        Checksums.write(target);
    }

    private static void say(String what) {
        System.err.println("package: " + what);
    }
}
