package dev.berth.launcher;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.launcher.Checkout.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One checkout is built for all; a test that changes it works on a copy. */
@DisabledOnOs(OS.WINDOWS) // WindowsLauncherTest is its twin
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LauncherTest {
    private static final Result ANSWERED = new Result(7, Checkout.ANSWER + "[who, 1]\n", "");

    private final Path folder;
    private final Checkout checkout;
    private List<Result> firstUses = List.of();

    LauncherTest(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the POSIX launcher needs /bin/sh");
        this.folder = folder;
        this.checkout = Checkout.withStandIn(folder.resolve("a checkout"));
    }

    @BeforeAll
    void two_people_use_it_for_the_first_time() throws Exception {
        var command = List.of(checkout.folder().resolve("berth").toString(), "who", "1");
        var one = checkout.start(Map.of(), command);
        var other = checkout.start(Map.of(), command);
        firstUses = List.of(one.result(), other.result());
    }

    @Test
    void two_first_uses_at_once_build_once_and_both_answer() {
        assertThat(firstUses).allSatisfy(use -> {
            assertThat(use.out()).as(use.err()).isEqualTo(ANSWERED.out());
            assertThat(use.exitCode()).isEqualTo(ANSWERED.exitCode());
        });
        assertThat(firstUses.stream().filter(use -> use.err().contains("building from source")))
                .hasSize(1);
    }

    @Test
    void a_later_use_says_nothing_but_the_answer() throws Exception {
        assertThat(checkout.berth("who", "1")).isEqualTo(ANSWERED);
    }

    @Test
    void a_later_use_starts_from_the_cache() throws Exception {
        var result = checkout.run(Map.of("BERTH_JAVA_OPTIONS", "-Xlog:aot:stderr"), "who", "1");

        assertThat(result.err()).contains("Using AOT-linked classes: true");
        assertThat(result.out()).isEqualTo(ANSWERED.out());
    }

    @Test
    void a_broken_cache_is_prepared_again() throws Exception {
        var copy = checkout.copyTo(folder.resolve("broken caches"));
        var whole = Files.readAllBytes(copy.cache());

        for (var broken : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), damaged(whole))) {
            Files.write(copy.cache(), broken);
            var result = copy.run(Map.of("BERTH_JAVA_OPTIONS", "-Xlog:aot:stderr"), "who", "1");
            assertThat(result.out()).isEqualTo(ANSWERED.out());
            assertThat(result.exitCode()).isEqualTo(ANSWERED.exitCode());
            assertThat(result.err()).contains("preparing a fast start", "Using AOT-linked classes: true");
        }
    }

    @Test
    void a_cache_that_the_jvm_refuses_neither_breaks_a_run_nor_is_heard_of() throws Exception {
        var copy = checkout.copyTo(folder.resolve("refused caches"));
        var whole = Files.readAllBytes(copy.cache());
        var time = Files.getLastModifiedTime(copy.cache());
        Checkout.shell("'" + System.getProperty("java.home") + "/bin/java' '@" + copy.folder()
                + "/launcher/jvm.options' '-XX:AOTCacheOutput=" + folder + "/foreign' -version >/dev/null 2>&1");
        var foreign = Files.readAllBytes(folder.resolve("foreign"));
        var noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);

        for (var refused : List.of(new byte[0], new byte[1], noise, Arrays.copyOf(whole, whole.length / 2), foreign)) {
            Files.write(copy.cache(), refused);
            Files.setLastModifiedTime(copy.cache(), time); // so that the launcher takes it for whole
            assertThat(copy.berth("who", "1"))
                    .as("a cache of %d bytes", refused.length)
                    .isEqualTo(ANSWERED);
        }
    }

    @Test
    void a_changed_source_runs_as_it_is_now() throws Exception {
        var copy = checkout.copyTo(folder.resolve("changed"));
        copy.answerWith("changed answers");
        var old = copy.cache();

        var result = copy.run(Map.of("BERTH_JAVA_OPTIONS", "-Xlog:aot:stderr"));

        assertThat(result.out()).isEqualTo("changed answers[]\n");
        assertThat(result.err()).contains("building from source").contains("Using AOT-linked classes: true");
        assertThat(copy.folder().resolve(".berth/build")).doesNotExist();
        assertThat(old)
                .as("the build before stays, for a run that has just read its name")
                .exists();
    }

    @Test
    void a_change_of_a_sample_or_a_bench_builds_nothing() throws Exception {
        var copy = checkout.copyTo(folder.resolve("sample changed"));
        for (var source : List.of("samples/jdbc-okhttp/pom.xml", "samples/README.md", "bench/new.sh")) {
            Path file = copy.folder().resolve(source);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "\n", CREATE, APPEND);
        }

        assertThat(copy.build()).as("asked itself").isEqualTo(new Result(0, "", ""));
        copy.breakBuild();
        assertThat(copy.berth("who", "1")).as("does not ask it").isEqualTo(ANSWERED);
    }

    @Test
    void a_deleted_source_is_a_change() throws Exception {
        var copy = checkout.copyTo(folder.resolve("deleted"));
        Files.delete(copy.folder().resolve("berth-cli/src/main/java/dev/berth/cli/package-info.java"));

        assertThat(copy.berth("who", "1").err()).contains("building from source");
    }

    @Test
    void a_failed_build_says_why_and_leaves_nothing_half_built() throws Exception {
        var copy = checkout.copyTo(folder.resolve("failing"));
        var current = Files.readString(copy.folder().resolve(".berth/current"));
        copy.breakSource();

        var result = copy.berth("who", "1");

        assertThat(result.exitCode()).isEqualTo(70);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("the build failed", "why: ", "Main.java", "next: ", "build.log");
        assertThat(copy.folder().resolve(".berth/build")).doesNotExist();
        assertThat(copy.folder().resolve(".berth/current")).hasContent(current);
    }

    @Test
    void without_maven_a_build_names_the_command_that_gets_it() throws Exception {
        var copy = checkout.copyTo(folder.resolve("no maven"));
        copy.answerWith("changed answers");

        var result = copy.run(Map.of("PATH", folder.toString()), "who", "1");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("mvn is not on PATH", "why: ", "next: ");
    }

    @Test
    void an_older_java_in_JAVA_HOME_and_on_PATH_is_passed_over() throws Exception {
        var java17 = OtherJdk.in(folder, "17.0.15");
        var environment = Map.of(
                "JAVA_HOME", java17.toString(),
                "PATH", java17.resolve("bin") + ":" + System.getenv("PATH"),
                "BERTH_JDK_FOLDERS", System.getProperty("java.home") + "/..");

        assertThat(checkout.run(environment, "who", "1")).isEqualTo(ANSWERED);
    }

    @Test
    void without_a_jdk_it_names_the_command_that_gets_one() throws Exception {
        var environment = Map.of("JAVA_HOME", "", "PATH", "/nowhere", "BERTH_JDK_FOLDERS", "/nowhere");

        var result = checkout.run(environment, "who", "1");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("berth: no JDK 25 or newer found\n").contains("why: ", "next: ");
    }

    @Test
    void the_flags_of_this_hosts_servers_are_not_berths() throws Exception {
        var environment =
                Map.of("JAVA_TOOL_OPTIONS", "-Xmx1k", "JDK_JAVA_OPTIONS", "-Xmx1k", "_JAVA_OPTIONS", "-Xmx1k");

        assertThat(checkout.run(environment, "who", "1")).isEqualTo(ANSWERED);
    }

    @Test
    void a_link_to_it_works_with_CDPATH_set_and_standard_input_closed() throws Exception {
        var link = Files.createSymbolicLink(
                folder.resolve("link"), checkout.folder().resolve("berth"));
        var command = List.of("sh", "-c", "cd '" + folder + "' && exec ./link who 1 <&-");

        assertThat(checkout.start(Map.of("CDPATH", "/:/tmp"), command).result())
                .as("through %s", link)
                .isEqualTo(ANSWERED);
    }

    /** The same length, the middle overwritten: a JVM that is given this crashes. */
    private static byte[] damaged(byte[] cache) {
        var copy = cache.clone();
        Arrays.fill(copy, copy.length / 2, copy.length / 2 + 200_000, (byte) 0x5a);
        return copy;
    }
}
