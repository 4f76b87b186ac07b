package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesTest {
    private static final Path LIBRARIES = Made.CHECKOUT.resolve("berth-cli/target/libraries");

    @Test
    void all_that_a_library_says_of_licence_and_copyright_is_passed_on() throws Exception {
        String notices = words(Files.readString(file()));
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            for (Path jar : jars.toList()) {
                try (var zip = new ZipFile(jar.toFile())) {
                    for (ZipEntry entry : zip.stream()
                            .filter(entry -> entry.getName().matches("META-INF/[^/]*(LICENSE|NOTICE)[^/]*"))
                            .toList()) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            String text = words(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                            assertThat(notices.contains(text))
                                    .as(jar.getFileName() + "!/" + entry.getName())
                                    .isTrue();
                        }
                    }
                }
            }
        }
    }

    @Test
    void the_jar_with_all_in_it_has_lost_none_to_another_of_the_same_name() throws Exception {
        var packed = Library.in(LIBRARIES, new Pom("dev.berth", "berth", "1", Optional.of("Apache-2.0"), Set.of()));
        try (var jar = new ZipFile(Made.JAR.toFile())) {
            for (Library library : packed) {
                for (var notice : library.notices().entrySet()) {
                    try (InputStream in = jar.getInputStream(jar.getEntry("META-INF/" + notice.getKey()))) {
                        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                                .as(library.pom().name() + " " + notice.getKey())
                                .isEqualTo(notice.getValue());
                    }
                }
            }
        }
    }

    @Test
    void every_library_of_others_has_a_chapter() throws Exception {
        assertThat(Files.readString(file()))
                .contains(
                        "commons-cli:commons-cli 1",
                        "tools.jackson.core:jackson-core 3",
                        "org.snakeyaml:snakeyaml-engine 3",
                        "OpenJDK " + Runtime.version(),
                        "registered-ports.properties in berth-net:\n    port numbers and service names, from Debian's netbase");
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            assertThat(Files.readString(file()))
                    .contains(jars.map(jar -> jar.getFileName().toString().replace(".jar", " "))
                            .filter(name -> !name.startsWith("berth-"))
                            .map(name -> ":" + name)
                            .toList());
        }
    }

    @Test
    void the_licences_of_java_are_where_it_says() throws Exception {
        assertThat(Files.readString(file())).contains("are in ../../../lib/berth/legal.");
        assertThat(file().resolveSibling("../../../lib/berth/legal/java.base/LICENSE"))
                .content()
                .contains("\"CLASSPATH\" EXCEPTION TO THE GPL");
    }

    @Test
    void whose_the_port_names_are_and_under_which_licence() throws Exception {
        assertThat(words(Files.readString(file())))
                .contains(
                        "Peter Tobias",
                        "Anthony Towns",
                        "Marco d'Itri",
                        "terms of the GNU General Public License, version 2",
                        "is in ../../../lib/berth/legal/java.base/LICENSE");
    }

    @Test
    void a_page_that_tells_of_no_data_is_a_mistake(@TempDir Path home) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("docs")).resolve("dependencies.md"), "# Dependencies\n");
        assertThatThrownBy(() -> Notices.data(home))
                .isInstanceOf(PackagingException.class)
                .hasMessage("cannot tell which data of others is in Berth");
    }

    @Test
    void a_library_that_holds_no_text_of_its_licence_is_not_packed() {
        var pom = new Pom("org.example", "curl", "8", Optional.empty(), Set.of());
        var java = new JavaRuntime("Example", "25", "", List.of(), List.of());
        assertThatThrownBy(() -> Notices.of(
                        Made.CHECKOUT,
                        new Release("1", null, Instant.EPOCH),
                        pom,
                        List.of(new Library(
                                Path.of("x.jar"),
                                new Pom("com.example", "x", "1", Optional.empty(), Set.of()),
                                "MIT",
                                Map.of())),
                        java,
                        "legal"))
                .isInstanceOf(PackagingException.class)
                .hasMessage("no text of the licence of com.example:x 1");
    }

    private static Path file() throws Exception {
        return Made.work().resolve("prefix/share/doc/berth/NOTICES.txt");
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
