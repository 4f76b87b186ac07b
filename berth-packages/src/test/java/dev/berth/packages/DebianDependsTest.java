package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DebianDependsTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path folder;

    @Test
    void a_file_needs_what_readelf_says_it_needs() throws Exception {
        assumeTrue(Tool.isThere("readelf"), "needs readelf: apt-get install binutils");
        for (String name : List.of("bin/java", "lib/server/libjvm.so", "lib/libjava.so")) {
            Path file = JAVA.resolve(name);
            String said = Tool.run(JAVA, Map.of("LC_ALL", "C"), List.of("readelf", "-dVW", file.toString()));
            ElfFile read = ElfFile.read(file).orElseThrow();
            assertThat(read.libraries()).as(name).isEqualTo(all("\\(NEEDED\\).*\\[(.*)]", said));
            assertThat(read.versions()).as(name).isEqualTo(all("Name: (\\S+)  Flags: .*  Version: ", said));
        }
    }

    private static Set<String> all(String pattern, String text) {
        var found = new TreeSet<String>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    @Test
    void the_libc_is_not_older_than_its_newest_symbol() throws Exception {
        Files.copy(JAVA.resolve("lib/libjava.so"), folder.resolve("libjava.so"));
        Files.copy(JAVA.resolve("lib/server/libjvm.so"), folder.resolve("libjvm.so"));
        Files.writeString(folder.resolve("text"), "no program");
        assertThat(DebianDepends.of(folder)).matches("libc6 \\(>= 2\\.[0-9]+\\).*");
    }

    @Test
    void a_library_of_an_unknown_package_stops_the_packing() throws Exception {
        Files.copy(JAVA.resolve("lib/libjava.so"), folder.resolve("libjava.so"));
        assertThatThrownBy(() -> DebianDepends.of(folder))
                .isInstanceOf(PackagingException.class)
                .hasMessage("libjava.so is linked to libjvm.so");
    }
}
