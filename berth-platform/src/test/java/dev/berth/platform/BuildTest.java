package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTest {
    @ParameterizedTest
    @CsvSource({
        "0.1.0-SNAPSHOT+988781a3b2c4,0.1.0-SNAPSHOT,988781a3b2c4,false",
        "0.1.0+988781a3b2c4.dirty,0.1.0,988781a3b2c4,true",
        "1.2.3,1.2.3,,false",
        "1.2.3+debian2,1.2.3+debian2,,false"
    })
    void one_string_names_a_build(String name, String version, String commit, boolean dirty) {
        assertThat(Build.parse(name)).isEqualTo(new Build(version, commit, dirty));
        assertThat(Build.parse(name)).hasToString(name);
    }

    @Test
    void outside_of_a_package_it_is_the_version_of_the_sources_and_no_commit() throws Exception {
        assertThat(Build.here().commit()).isNull();
        assertThat(Files.readString(Path.of("../pom.xml")))
                .contains("<version>" + Build.here().version() + "</version>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Temurin-25.0.3+9", "Temurin25.0.3"})
    void a_runtime_has_the_name_of_its_distribution(String vendorVersion) {
        assertThat(JavaRuntime.name(vendorVersion, "Eclipse Adoptium")).isEqualTo("Temurin");
    }

    @Test
    void a_distribution_without_a_name_is_known_by_who_built_it() {
        assertThat(JavaRuntime.name(null, "Debian")).isEqualTo("Java of Debian");
        assertThat(JavaRuntime.name("", "Ubuntu")).isEqualTo("Java of Ubuntu");
    }
}
