package dev.berth.linux.configured;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.linux.kernel.FilesInMemory;
import java.util.List;

/** Whatever stands in a file: services come out, never an exception. */
class ConfigurationFuzzTest {
    /** One for each syntax, and for each product that has code of its own. */
    private static final List<String> FILES = List.of(
            "/etc/systemd/system/a.socket",
            "/etc/systemd/system/a.socket.d/a.conf",
            "/etc/ssh/sshd_config",
            "/etc/nginx/nginx.conf",
            "/etc/apache2/apache2.conf",
            "/etc/haproxy/haproxy.cfg",
            "/etc/postfix/master.cf",
            "/etc/services",
            "/etc/postgresql/15/main/postgresql.conf",
            "/etc/mysql/my.cnf",
            "/etc/mongod.conf",
            "/etc/tomcat10/server.xml",
            "/etc/docker/daemon.json");

    @FuzzTest
    void any_text_in_any_file_is_read(@NotNull String text) {
        for (String file : FILES) {
            var files = new FilesInMemory().with(file, text);
            files.with("/etc/systemd/system/x.wants/postgresql@15-main.service", "")
                    .with("/usr/lib/systemd/system/postgresql@.service", "x");

            assertThat(ConfiguredServicesReader.read(files)).isNotNull();
        }
    }

    @FuzzTest
    void any_names_of_files_are_read(@NotNull String text) {
        var files = new FilesInMemory()
                .with("/etc/systemd/system/" + text + ".socket", "[Socket]\nListenStream=%i")
                .with("/etc/systemd/system/x.wants/" + text + ".socket", "")
                .with("/etc/postgresql/" + text + "/x/postgresql.conf", "port 1");

        assertThat(ConfiguredServicesReader.read(files)).isNotNull();
    }
}
