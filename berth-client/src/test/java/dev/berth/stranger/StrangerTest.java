package dev.berth.stranger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.LocalPorts;
import dev.berth.net.PortSet;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library asks of the program that uses it: Java 17, two jars, and nothing else. */
class StrangerTest {
    static final Path SOURCE = Path.of("src/test/java/dev/berth/stranger/Stranger.java");

    /** What {@link Stranger} says. */
    static final String ANSWERS = """
            Java 17
            a port of the range
            refused, in use 0
            closed by that, in use 0
            used up
            again, connected true, in use 1
            in the end in use 0
            channel, connected true, in use 1
            in the end in use 0
            new threads []
            """;

    @Test
    void a_first_program_runs_on_java_17_with_two_jars_and_starts_no_thread(@TempDir Path classes) throws Exception {
        Java17 java = Java17.installed();
        String libraries = place(LocalPorts.class) + File.pathSeparator + place(PortSet.class);
        Java17.compile("-cp", libraries, "-d", classes.toString(), SOURCE.toString());

        assertThat(java.run("-cp", classes + File.pathSeparator + libraries, Stranger.class.getName()))
                .isEqualToNormalizingNewlines(ANSWERS);
    }

    @Test
    void every_class_is_for_java_17_and_none_calls_native_code() throws Exception {
        List<ClassModel> classes = Stream.concat(classes(place(LocalPorts.class)), classes(place(PortSet.class)))
                .toList();
        assertThat(classes).hasSizeGreaterThan(50);
        for (ClassModel one : classes) {
            String name = one.thisClass().asInternalName();
            assertThat(one.majorVersion()).as(name).isEqualTo(Java17.CLASS_FILE_VERSION);
            assertThat(one.methods())
                    .as(name)
                    .noneMatch(method -> method.flags().has(AccessFlag.NATIVE));
            for (PoolEntry entry : one.constantPool()) {
                if (entry instanceof ClassEntry used) {
                    assertThat(used.asInternalName()).as(name).doesNotStartWith("java/lang/foreign/");
                }
            }
        }
    }

    static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Those of a folder or a jar. */
    private static Stream<ClassModel> classes(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return parse(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return parse(jar.getPath("/"));
        }
    }

    private static Stream<ClassModel> parse(Path folder) throws IOException {
        var models = new ArrayList<ClassModel>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    (Iterable<Path>) files.filter(file -> file.toString().endsWith(".class"))::iterator) {
                models.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
        return models.stream();
    }
}
