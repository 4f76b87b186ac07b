package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.Build;
import dev.berth.platform.FakeHostNetwork;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void one_line_names_the_build_and_the_runtime() {
        String java = System.getProperty("java.runtime.version") + " (" + System.getProperty("java.home") + "), ";
        assertThat(Ran.on(FakeHostNetwork.with(), "--version").out())
                .startsWith("berth " + Build.here().version() + " (built from sources) on ")
                .contains(java + System.getProperty("os.name"))
                .hasLineCount(1);
    }

    @Test
    void a_commit_that_is_not_known_is_null() {
        assertThat(Ran.on(FakeHostNetwork.with(), "version", "--json").out())
                .contains("\"version\":\"" + Build.here().version() + "\",\"commit\":null,\"dirty\":null");
    }
}
