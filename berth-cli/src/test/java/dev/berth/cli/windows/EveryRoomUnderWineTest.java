package dev.berth.cli.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import dev.berth.windows.wine.Wine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tests of the rooms below the commands, on a Windows JVM: what they hold of files, locks and text holds there too. Fuzz
 * tests are not tests there, for the class path lacks what makes them run.
 */
class EveryRoomUnderWineTest {
    /**
     * Not those that make hundreds of changes, each with its lines on the disk, nor the thousands of error lines, which know
     * of no system: they take Wine minutes, and a real Windows runs them.
     */
    private static final String IN_TIME = "(?!dev\\.berth\\.(remedy\\.apply|diagnosis\\.explain)\\.).*Test";

    private static final String ALL = ".*Test";

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
    @ValueSource(strings = {"net", "platform", "linux", "windows", "diagnosis", "remedy"})
    void its_tests_pass(String room) throws Exception {
        pass(room, IN_TIME);
    }

    private static void pass(String room, String which) throws Exception {
        Path module = Path.of("..", "berth-" + room).toAbsolutePath().normalize();
        Path tests = module.resolve("target/test-classes");
        Wine.Ended suite = wine.in(module)
                .run(wine.command(Wine.classPath() + ";" + Wine.path(tests), Suite.class, Wine.path(tests), which));
        suite.output().lines().filter(line -> !line.isBlank()).forEach(line -> System.out.println(room + ": " + line));
        assertThat(suite.exit()).as(suite.output()).isZero();
    }

    @Tag("long")
    @Test
    void those_of_the_commands_pass() throws Exception {
        its_tests_pass("cli");
    }

    @Tag("long")
    @Test
    void the_error_lines_are_recognised() throws Exception {
        pass("diagnosis", ALL);
    }
}
