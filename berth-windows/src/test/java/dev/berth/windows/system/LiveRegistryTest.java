package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On the Windows JVM, with a registry that Wine keeps. */
class LiveRegistryTest {
    private static final String KEY = "SOFTWARE\\BerthTest";

    /** What is run there. */
    static final class Read {
        public static void main(String[] names) throws WindowsErrorException {
            var registry = new LiveRegistry();
            for (String name : names) {
                System.out.println(name + " = " + registry.read(KEY, name));
            }
            System.out.println("no key: " + registry.read(KEY + "\\None", "any"));
        }
    }

    @Test
    void values_of_every_type_are_read() throws Exception {
        try (Wine wine = Wine.here()) {
            String long600 = "x".repeat(600); // more than the first buffer
            add(wine, "Number", "REG_DWORD", "65534");
            add(wine, "Text", "REG_SZ", "sixty");
            add(wine, "Long", "REG_SZ", long600);
            add(wine, "Expand", "REG_EXPAND_SZ", "a b");
            add(wine, "Lines", "REG_MULTI_SZ", "1433-1433\\05000-5010");
            add(wine, "Bytes", "REG_BINARY", "010203");

            Wine.Ended ended =
                    wine.java(Read.class, "Number", "number", "Text", "Long", "Expand", "Lines", "Bytes", "Absent");

            assertThat(ended.output().lines().toList())
                    .as(ended.complaint())
                    .isEqualTo(List.of(
                            "Number = Dword[number=65534]",
                            "number = Dword[number=65534]",
                            "Text = Text[text=sixty]",
                            "Long = Text[text=" + long600 + "]",
                            "Expand = Text[text=a b]",
                            "Lines = Lines[lines=[1433-1433, 5000-5010]]",
                            "Bytes = Other[type=3, bytes=3]",
                            "Absent = null",
                            "no key: null"));
        }
    }

    private static void add(Wine wine, String name, String type, String data) throws Exception {
        Wine.Ended ended = wine.run(List.of("reg", "add", "HKLM\\" + KEY, "/v", name, "/t", type, "/d", data, "/f"));
        assertThat(ended.exit()).as(ended.complaint()).isZero();
    }
}
