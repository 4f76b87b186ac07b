package dev.berth.cli.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import dev.berth.windows.wine.Wine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tests of the rooms below the commands, on a Windows JVM: what they hold of files, locks and text holds there too. Fuzz
 * tests are not tests there, for the class path lacks what makes them run.
 */
class EveryRoomUnderWineTest {
    /** Not those that make hundreds of changes, each with its lines on the disk: they take Wine minutes, and a real Windows runs them. */
    private static final String IN_TIME = "(?!dev\\.berth\\.remedy\\.apply\\.).*Test";

    private static PrivateNamespace namespace;
    private static Wine wine;

    @BeforeAll
    static void open() throws Exception {
        namespace = PrivateNamespace.open();
        wine = Wine.within(List.of("nsenter", "--net=/proc/" + namespace.pid() + "/ns/net"));
    }

    @AfterAll
    static void close() throws Exception {
        if (wine != null) {
            wine.close();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net", "platform", "windows", "remedy"})
    void its_tests_pass(String room) throws Exception {
        Path module = Path.of("..", "berth-" + room).toAbsolutePath().normalize();
        Path tests = module.resolve("target/test-classes");
        Wine.Ended suite = wine.in(module)
                .run(wine.command(Wine.classPath() + ";" + Wine.path(tests), Suite.class, Wine.path(tests), IN_TIME));
        suite.output().lines().filter(line -> !line.isBlank()).forEach(line -> System.out.println(room + ": " + line));
        assertThat(suite.exit()).as(suite.output()).isZero();
    }

    /** Those that read what was recorded, and the commands: minutes under Wine. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"linux", "diagnosis", "cli"})
    void those_of_the_larger_ones_pass(String room) throws Exception {
        its_tests_pass(room);
    }
}
