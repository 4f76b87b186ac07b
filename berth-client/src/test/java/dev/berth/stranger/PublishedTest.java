package dev.berth.stranger;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a public repository is given, and what a program gets that has it from there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(OS.LINUX)
class PublishedTest {
    private final Path folder;
    private final Release release;
    private final List<Path> libraries;

    PublishedTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        // The sources were checked by the build that runs this test; which bytes come out, the long test says.
        release = Release.in(folder, Map.of(), "-Dplain=published", "-Dspotless.check.skip");
        libraries = librariesOf(folder.resolve("project"));
    }

    @Test
    void the_repository_gets_two_libraries_their_parent_and_nothing_else() throws Exception {
        Path berth = release.repository().resolve("dev/berth");

        assertThat(release.files())
                .extracting(file -> berth.relativize(file).toString())
                .containsExactlyInAnyOrder(
                        "berth/9.9/berth-9.9.pom",
                        "berth-net/9.9/berth-net-9.9.pom",
                        "berth-net/9.9/berth-net-9.9.jar",
                        "berth-net/9.9/berth-net-9.9-sources.jar",
                        "berth-net/9.9/berth-net-9.9-javadoc.jar",
                        "berth-client/9.9/berth-client-9.9.pom",
                        "berth-client/9.9/berth-client-9.9.jar",
                        "berth-client/9.9/berth-client-9.9-sources.jar",
                        "berth-client/9.9/berth-client-9.9-javadoc.jar");
        assertThat(release.files())
                .allSatisfy(file -> assertThat(List.of(Path.of(file + ".md5"), Path.of(file + ".sha1")))
                        .allMatch(Files::exists));
    }

    @ParameterizedTest
    @ValueSource(strings = {"berth", "berth-net", "berth-client"})
    void a_pom_and_its_parent_tell_what_maven_central_asks_for(String artifact) throws Exception {
        var own = List.of("name", "description", "artifactId");
        var ofTheParent = List.of(
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "issueManagement/url");

        assertThat(own)
                .allSatisfy(element -> assertThat(text(artifact, element)).isNotBlank());
        assertThat(ofTheParent)
                .allSatisfy(element -> assertThat(text("berth", element)).isNotBlank());
        assertThat(text(artifact, "version") + text(artifact, "parent/version")).isEqualTo(Release.VERSION);
    }

    private String text(String artifact, String element) throws Exception {
        var pom = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(release.pom(artifact).toFile());
        return XPathFactory.newDefaultInstance().newXPath().evaluate("/project/" + element, pom);
    }

    @ParameterizedTest
    @ValueSource(strings = {"berth-net", "berth-client"})
    void a_library_is_for_java_17_and_has_its_module_name_and_version(String library) throws Exception {
        Path jar = release.jar(library, "");

        assertThat(ModuleFinder.of(jar).findAll())
                .extracting(module -> module.descriptor().name())
                .containsExactly(library.replace("berth-", "dev.berth."));
        try (var open = new JarFile(jar.toFile())) {
            Attributes manifest = open.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo(library.replace("berth-", "dev.berth."));
            assertThat(manifest.getValue("Implementation-Version")).isEqualTo(Release.VERSION);
            assertThat(entries(open).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(classFileVersion(open, name)).isEqualTo(Java17.CLASS_FILE_VERSION));
        }
    }

    /** JVMS 4.1: magic, minor version, major version. */
    private static int classFileVersion(JarFile jar, String name) throws IOException {
        try (var in = jar.getInputStream(jar.getJarEntry(name))) {
            return ByteBuffer.wrap(in.readNBytes(8)).getShort(6);
        }
    }

    private static Stream<String> entries(JarFile jar) {
        return jar.stream().map(JarEntry::getName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-sources", "-javadoc"})
    void every_jar_has_the_licence(String kind) throws Exception {
        for (String library : List.of("berth-net", "berth-client")) {
            try (var jar = new JarFile(release.jar(library, kind).toFile());
                    var licence = jar.getInputStream(jar.getJarEntry("META-INF/LICENSE"))) {
                assertThat(licence).hasSameContentAs(Files.newInputStream(Path.of("../LICENSE")));
            }
        }
    }

    @Test
    void sources_are_whole_and_the_javadoc_leaves_out_the_inner_rooms() throws Exception {
        try (var sources = new JarFile(release.jar("berth-client", "-sources").toFile());
                var javadoc =
                        new JarFile(release.jar("berth-client", "-javadoc").toFile())) {
            assertThat(entries(sources))
                    .contains("dev/berth/client/LocalPorts.java", "dev/berth/client/tuples/TupleTable.java");
            assertThat(entries(javadoc))
                    .contains("dev/berth/client/LocalPorts.html", "dev/berth/client/netty/NettyLocalPorts.html")
                    .noneMatch(page -> page.startsWith("dev/berth/client/tuples/"))
                    .noneMatch(page -> page.startsWith("dev/berth/client/host/"));
        }
    }

    @Test
    void a_maven_project_that_wants_the_client_gets_two_jars() {
        assertThat(libraries)
                .extracting(jar -> jar.getFileName().toString())
                .containsExactlyInAnyOrder("berth-client-9.9.jar", "berth-net-9.9.jar");
    }

    @Test
    void a_program_compiles_and_runs_on_the_class_path() throws Exception {
        Java17 java = Java17.installed();
        String classes = folder.resolve("class-path").toString();
        Java17.compile("-cp", path(libraries), "-d", classes, StrangerTest.SOURCE.toString());

        assertThat(java.run("-cp", path(libraries) + ":" + classes, Stranger.class.getName()))
                .isEqualTo(StrangerTest.ANSWERS);
    }

    @Test
    void a_program_compiles_and_runs_on_the_module_path() throws Exception {
        Java17 java = Java17.installed();
        String classes = folder.resolve("module-path").toString();
        Path module = Files.createDirectories(folder.resolve("module")).resolve("module-info.java");
        Files.writeString(module, "module stranger { requires dev.berth.client; }");
        Java17.compile("-p", path(libraries), "-d", classes, module.toString(), StrangerTest.SOURCE.toString());

        assertThat(java.run("-p", path(libraries) + ":" + classes, "-m", "stranger/" + Stranger.class.getName()))
                .isEqualTo(StrangerTest.ANSWERS);
    }

    @Test
    void drivers_on_the_module_path_reach_their_socket_factories_mariadbs_by_one_export() throws Exception {
        Java17 java = Java17.installed();
        Path sources = Files.createDirectories(folder.resolve("drivers"));
        String classes = folder.resolve("drivers-classes").toString();
        Path module = Files.writeString(
                sources.resolve("module-info.java"),
                "module drivers { requires dev.berth.client; requires java.sql; }");
        Path program = Files.writeString(sources.resolve("Drivers.java"), """
                package drivers;
                class Drivers {
                    public static void main(String[] factories) throws Exception {
                        for (String factory : factories) {
                            System.out.println(Class.forName(factory).getConstructor().newInstance().getClass());
                        }
                    }
                }
                """);
        Java17.compile("-p", path(libraries), "-d", classes, module.toString(), program.toString());
        var withDrivers = new ArrayList<>(libraries);
        withDrivers.add(StrangerTest.place(org.mariadb.jdbc.Driver.class));
        withDrivers.add(StrangerTest.place(com.mysql.cj.jdbc.Driver.class));

        assertThat(java.run(
                        "--add-exports",
                        "org.mariadb.jdbc/org.mariadb.jdbc.util=dev.berth.client",
                        "-p",
                        path(withDrivers) + ":" + classes,
                        "-m",
                        "drivers/drivers.Drivers",
                        "dev.berth.client.mysql.MySqlSocketFactory",
                        "dev.berth.client.mariadb.MariaDbSocketFactory"))
                .isEqualTo("""
                        class dev.berth.client.mysql.MySqlSocketFactory
                        class dev.berth.client.mariadb.MariaDbSocketFactory
                        """);
    }

    /** What Maven finds for a project that depends on the client, with a local repository that has never seen Berth. */
    private List<Path> librariesOf(Path project) throws Exception {
        Files.createDirectories(project);
        String known = "<id>known</id><url>" + Release.knownArtifacts().toUri() + "</url>"
                + "<releases><checksumPolicy>ignore</checksumPolicy></releases>";
        Files.writeString(
                project.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>stranger</groupId>
                  <artifactId>stranger</artifactId>
                  <version>1</version>
                  <dependencies>
                    <dependency><groupId>dev.berth</groupId><artifactId>berth-client</artifactId><version>9.9</version></dependency>
                  </dependencies>
                  <repositories>
                    <repository><id>release</id><url>%s</url></repository>
                    <repository>%s</repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository>%2$s</pluginRepository>
                  </pluginRepositories>
                </project>
                """.formatted(release.repository().toUri(), known));
        Release.run(
                project,
                Map.of(),
                List.of(
                        "mvn",
                        "-B",
                        "-Dmaven.repo.local=" + folder.resolve("local"),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
                        "-DoutputDirectory=libraries"));
        try (Stream<Path> libraries = Files.list(project.resolve("libraries"))) {
            return libraries.toList();
        }
    }

    private static String path(List<Path> jars) {
        return String.join(":", jars.stream().map(Path::toString).toList());
    }

    /** Checked strictly, somewhere else, by somebody with other habits: the sources and the JDK make the bytes, and nothing else does. */
    @Test
    @Tag("long")
    void the_same_sources_give_the_same_bytes_and_signatures_if_wanted() throws Exception {
        Path keys = Files.createDirectory(
                folder.resolve("keys"), asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var habits = Map.of("GNUPGHOME", keys.toString(), "TZ", "Pacific/Auckland", "LC_ALL", "C");
        var makeKey = List.of("gpg", "--batch", "--passphrase", "", "--quick-generate-key", "stranger@berth.example");
        Release.run(keys, habits, makeKey);

        Release again = Release.in(Files.createDirectories(folder.resolve("some/where/else")), habits, "-Psign");

        for (Path file : release.files()) {
            Path same = again.repository().resolve(release.repository().relativize(file));
            assertThat(same).hasSameBinaryContentAs(file);
            Release.run(keys, habits, List.of("gpg", "--batch", "--verify", same + ".asc", same.toString()));
        }
        assertThat(again.files()).hasSize(2 * release.files().size());
    }
}
