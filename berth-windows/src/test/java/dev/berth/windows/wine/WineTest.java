package dev.berth.windows.wine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WineTest {
    /** What is run there. */
    static final class Hello {
        public static void main(String[] arguments) {
            System.out.println(System.getProperty("os.name") + " " + arguments[0]);
        }
    }

    @Test
    void runs_a_class_of_this_test_on_a_windows_jvm() throws Exception {
        try (Wine wine = Wine.here()) {
            assertThat(wine.java(Hello.class, "with an argument").output())
                    .isEqualToIgnoringNewLines("Windows 10 with an argument");
        }
    }
}
