package dev.berth.cli.explain.products;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A program of a few statements, run by the JDK of the tests with the servers below {@code target/products} at hand. */
final class JavaProgram {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path SERVERS = Path.of("target/products").toAbsolutePath();

    private JavaProgram() {}

    /** The virtual machine with these words, such as options and a class of the servers. */
    static RealProduct words(Path folder, String... words) throws IOException {
        var all = new ArrayList<>(List.of(
                "-cp",
                classPath(folder),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        all.addAll(List.of(words));
        return RealProduct.of(folder, JAVA, all.toArray(String[]::new));
    }

    private static String classPath(Path folder) throws IOException {
        try (Stream<Path> servers = Files.list(SERVERS)) {
            return Stream.concat(Stream.of(folder), servers.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /**
     * @param statements of a main method that may throw anything; {@code port} is the number given
     */
    static RealProduct running(Path folder, int port, String statements) throws IOException {
        Path source = folder.resolve("Program.java");
        Files.writeString(source, """
                import java.net.*;
                public class Program {
                    public static void main(String[] arguments) throws Exception {
                        int port = Integer.parseInt(arguments[0]);
                        InetAddress loopback = InetAddress.getByName("127.0.0.1");
                        InetSocketAddress there = new InetSocketAddress(loopback, port);
                        %s
                    }
                }
                """.formatted(statements));
        // not by Java's own launcher of source files: it fails at the traces that Netty cuts (JDK 25)
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        classPath(folder),
                        "-d",
                        folder.toString(),
                        source.toString());
        if (failed != 0) {
            throw new IllegalArgumentException(statements);
        }
        return words(folder, "Program", Integer.toString(port));
    }
}
