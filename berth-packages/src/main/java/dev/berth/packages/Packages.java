package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path module = ProgramModule.make(home, jar.toRealPath(), natives, release, work);
        LinkedImage.link(home, module, image);
        say("preparing a fast start");
        FastStart.prepare(image, work);
        var leftOut = new ArrayList<PackagingException>();
        Path folder = work.resolve("windows");
        if (Here.isWindows()) {
            WindowsFolder.around(image, home, jar, folder);
            say("packing " + WindowsZip.write(folder, release, target).getFileName());
            return leftOut;
        }
        Path prefix = work.resolve("prefix");
        Prefix.make(home, image, prefix);
        say("packing " + Tarball.write(prefix, release, target).getFileName());
        Path runtime;
        try {
            runtime = WindowsRuntime.find(home, ProgramModule.needs(work));
        } catch (PackagingException e) {
            leftOut.add(e);
            return leftOut;
        }
        WindowsFolder.beside(runtime, home, jar, release, folder);
        say("packing " + WindowsZip.write(folder, release, target).getFileName());
        return leftOut;
    }

    private static void say(String what) {
        System.err.println("package: " + what);
    }
}
