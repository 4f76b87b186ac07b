package dev.berth.lab.ground;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java that runs this process, for others that it starts: that of the host, or that of an image of Berth. */
public final class OwnJava {
    private OwnJava() {}

    /** Its command. */
    public static Path command() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * What a class of Berth is started by, behind the command and its flags; from any working directory. An image has its
     * class path and what that may do built in.
     */
    public static List<String> started(String main) {
        Module own = OwnJava.class.getModule();
        return own.isNamed()
                ? List.of("-m", own.getName() + "/" + main)
                : List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath(), main);
    }

    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
