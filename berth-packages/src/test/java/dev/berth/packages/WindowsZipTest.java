package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The zip, unpacked and run on its own Windows JVM under Wine. Not tried, for Wine 8 does otherwise than Windows: a {@code %} in
 * the name of its folder, and the exit code of a {@code call} of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowsZipTest {
    @TempDir
    private static Path temporary;

    private Wine wine;
    private Path zip;
    private Unpacked unpacked;

    @BeforeAll
    void unpack() throws Exception {
        wine = Wine.here();
        zip = Made.one("-windows-x64.zip");
        unpacked = Unpacked.zip(wine, zip, temporary.resolve("Berth (x86) & hello! = 1^2"));
    }

    @AfterAll
    void letGo() {
        if (wine != null) {
            wine.close();
        }
    }

    @Test
    void it_runs_where_no_java_is_from_a_folder_with_signs_of_cmd_in_its_name() throws Exception {
        Wine.Ended version = unpacked.berth("version");
        Release release = Made.release();
        assertThat(version.output())
                .as(version.complaint())
                .startsWith("berth " + release.version() + " (commit ")
                .contains("Windows", "(its own)");
        assertThat(version.exit()).isZero();
    }

    @Test
    void it_is_called_from_elsewhere_by_its_whole_path() throws Exception {
        Path spaced = Files.createDirectories(temporary.resolve("program files"));
        Unpacked there = unpacked.again(spaced.resolve("Berth"));
        String script = Wine.path(there.folder().resolve("berth.cmd"));
        assertThat(Cmd.run(wine, temporary, Map.of(), List.of(script, "who", "0"))
                        .exit())
                .isEqualTo(2);

        Files.writeString(temporary.resolve("load.cmd"), "@echo off\r\n\"" + script + "\" who %1\r\n");
        assertThat(Cmd.run(wine, temporary, Map.of(), List.of("load.cmd", "0")).exit())
                .as("from another script")
                .isEqualTo(2);

        Files.writeString(
                temporary.resolve("load.cmd"),
                "@echo off\r\nset \"PATH=" + Wine.path(there.folder()) + ";%PATH%\"\r\nberth who %1\r\n");
        assertThat(Cmd.run(wine, temporary, Map.of(), List.of("load.cmd", "0")).exit())
                .as("from the PATH")
                .isEqualTo(2);
    }

    @Test
    void a_held_port_is_told_from_one_that_is_not() throws Exception {
        Wine.Ended nobody = unpacked.berth("who", "1");
        assertThat(nobody.output()).as(nobody.complaint()).startsWith("Nobody holds tcp 1.");
        assertThat(nobody.exit()).isZero();
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Wine.Ended why = unpacked.berth("why", Integer.toString(held.getLocalPort()), "--json");
            assertThat(why.output()).as(why.complaint()).contains("\"verdict\":\"listener\"", "\"listenable\":false");
            assertThat(why.exit()).isEqualTo(1);
        }
    }

    @Test
    void the_doctor_examines_the_host() throws Exception {
        Wine.Ended doctor = unpacked.berth("doctor", "--json");
        assertThat(doctor.output()).as(doctor.complaint()).startsWith("{\"schema\":\"berth.doctor/1\"");
        assertThat(doctor.exit()).isBetween(0, 1);
    }

    @Test
    void the_flags_of_this_hosts_servers_are_not_berths() throws Exception {
        var environment =
                Map.of("JAVA_TOOL_OPTIONS", "-Xmx1k", "JDK_JAVA_OPTIONS", "-Xmx1k", "_JAVA_OPTIONS", "-Xmx1k");
        assertThat(unpacked.berth(environment, "version").exit()).isZero();
    }

    /** Its module is taken from where it was linked from, for no image of Windows can be linked here. */
    @Test
    void the_same_script_starts_a_program_that_is_in_the_runtime() throws Exception {
        Unpacked linked = unpacked.again(temporary.resolve("linked"));
        Folder.delete(linked.folder().resolve("lib"));
        Path module = Made.work().resolve("program");
        var path = Map.of("BERTH_JAVA_OPTIONS", "--module-path \"" + Wine.path(module) + '"');

        assertThat(linked.berth(path, "version").output())
                .startsWith("berth " + Made.release().version());
        assertThat(linked.berth(path, "who", "no port").exit()).isEqualTo(2);
    }

    /** Where Java takes it by itself, and where {@code package.cmd} has its own. */
    @Test
    void an_archive_of_classes_is_used_and_does_no_harm_when_damaged() throws Exception {
        Unpacked other = Unpacked.zip(wine, zip, temporary.resolve("with an archive"));
        Path runtime = other.folder().resolve("runtime");
        Wine.Ended made = Cmd.run(wine, other.folder(), Map.of(), List.of("runtime\\bin\\java", "-Xshare:dump"));
        assertThat(runtime.resolve("bin/server/classes.jsa"))
                .as(made.complaint())
                .exists();
        byte[] whole = Files.readAllBytes(runtime.resolve("bin/server/classes.jsa"));
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, whole.length / 2, whole.length / 2 + 200_000, (byte) 0x5a);
        Files.delete(runtime.resolve("bin/server/classes.jsa"));
        Files.createDirectory(runtime.resolve("start"));
        for (String place : List.of("bin/server/classes.jsa", "start/all.jsa")) {
            Path archive = runtime.resolve(place);
            Files.write(archive, whole);
            Wine.Ended used = other.berth(Map.of("BERTH_JAVA_OPTIONS", "-Xshare:on"), "version");
            assertThat(used.exit()).as("with it or not at all: %s", used).isZero();

            Files.write(archive, damaged);
            Wine.Ended unused = other.berth("version");
            assertThat(unused.output()).as(unused.complaint()).startsWith("berth ");
            assertThat(unused.exit()).isZero();
            Files.delete(archive);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one;two", "hello!"})
    void where_java_cannot_run_it_says_so(String place) throws Exception {
        Wine.Ended ended = unpacked.again(temporary.resolve(place)).berth("version");
        assertThat(ended.complaint()).startsWith("berth: cannot run from \"").contains("why: ", "next: ");
        assertThat(ended.exit()).isEqualTo(4);
    }

    @Test
    void the_script_alone_says_what_it_lacks() throws Exception {
        Path alone = Files.createDirectories(temporary.resolve("alone"));
        Files.copy(unpacked.folder().resolve("berth.cmd"), alone.resolve("berth.cmd"));
        Wine.Ended ended = new Unpacked(wine, alone).berth("version");
        assertThat(ended.complaint()).startsWith("berth: there is no \"").contains("why: ", "next: unpack");
        assertThat(ended.exit()).isEqualTo(4);
    }

    @Test
    void every_file_in_it_is_meant_to_be_there() throws Exception {
        assertThat(names("runtime"))
                .as("the runtime as it came, with its licences")
                .containsExactlyElementsOf(relative(wine.runtime())
                        .filter(name -> !name.equals(".version"))
                        .toList())
                .contains("release", "legal/java.base/LICENSE", "legal/java.base/ASSEMBLY_EXCEPTION");
        assertThat(names("docs"))
                .contains("windows.md", "policy.md", "findings/README.md", "json/who.schema.json", "map.svg")
                .doesNotContain("release.md", "dependencies.md")
                .allMatch(name -> name.endsWith(".md") || name.endsWith(".schema.json") || name.equals("map.svg"));
        assertThat(names("").stream().filter(name -> !name.startsWith("runtime/") && !name.startsWith("docs/")))
                .containsExactly(
                        "LICENSE.txt",
                        "NOTICES.txt",
                        "README.txt",
                        "berth.cdx.json",
                        "berth.cmd",
                        "completion/berth.ps1",
                        "deploy/README.md",
                        "deploy/windows/berth-ensure-task.xml",
                        "lib/berth.jar",
                        "lib/jvm.options");
    }

    @Test
    void no_link_of_its_pages_leads_nowhere() throws Exception {
        Path pages = Folder.fresh(temporary.resolve("pages"));
        Folder.copy(unpacked.folder().resolve("docs"), pages.resolve("docs"));
        Folder.copy(unpacked.folder().resolve("deploy"), pages.resolve("deploy"));
        assertThat(Links.broken(pages)).isEmpty();
        assertThat(pages.resolve("docs/windows.md")).content().contains("](../deploy/README.md)");
        assertThat(pages.resolve("deploy/README.md")).content().contains("](../docs/policy.md)");
    }

    @Test
    void its_texts_have_the_line_ends_of_windows() throws Exception {
        for (String text : List.of(
                "berth.cmd",
                "README.txt",
                "NOTICES.txt",
                "berth.cdx.json",
                "completion/berth.ps1",
                "deploy/README.md",
                "docs/windows.md")) {
            assertThat(Files.readString(unpacked.folder().resolve(text)).replace("\r\n", ""))
                    .as(text)
                    .isNotEmpty()
                    .doesNotContain("\r", "\n");
        }
    }

    @Test
    void the_same_commit_gives_the_same_bytes() throws Exception {
        Path again = Files.createDirectories(temporary.resolve("made again"));
        Path jar = Files.copy(Made.CHECKOUT.resolve("berth-cli/target/berth.jar"), again.resolve("berth.jar"));
        Folder.copy(Made.JAR.resolveSibling("libraries"), again.resolve("libraries"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        Release release = Made.release();
        Path folder = again.resolve("folder");
        WindowsFolder.beside(wine.runtime(), Made.CHECKOUT, jar, release, folder);
        Contents.describe(Made.CHECKOUT, jar, release, wine.runtime(), folder.resolve("runtime"), folder);

        assertThat(WindowsZip.write(folder, release, again)).hasSameBinaryContentAs(zip);
    }

    private List<String> names(String part) throws IOException {
        String start = unpacked.folder().getFileName() + "/" + (part.isEmpty() ? "" : part + "/");
        try (var files = new ZipFile(zip.toFile())) {
            return files.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(start))
                    .map(name -> name.substring(start.length()))
                    .toList();
        }
    }

    private static Stream<String> relative(Path folder) throws IOException {
        return Folder.files(folder).stream()
                .map(file -> folder.relativize(file).toString())
                .sorted();
    }
}
