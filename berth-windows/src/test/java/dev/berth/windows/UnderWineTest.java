package dev.berth.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.system.SystemToolsTest;
import dev.berth.windows.wine.WindowsTests;
import dev.berth.windows.wine.Wine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that take a Windows, run on one. */
@DisabledOnOs(OS.WINDOWS) // which runs them itself
class UnderWineTest {
    @Test
    void what_every_platform_owes_its_callers_is_kept_on_a_windows_jvm() throws Exception {
        try (Wine wine = Wine.here()) {
            var ended = wine.java(
                    WindowsTests.class,
                    LiveWindowsContractTest.class.getName(),
                    LiveChangesTest.class.getName(),
                    SystemToolsTest.class.getName());
            System.out.println("Windows JVM under Wine: " + ended.output());
            assertThat(ended.exit()).as(ended.output() + ended.complaint()).isZero();
        }
    }
}
