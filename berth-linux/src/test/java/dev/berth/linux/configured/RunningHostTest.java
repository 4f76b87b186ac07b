package dev.berth.linux.configured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.LinuxProvider;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is installed on the machine that runs the tests, against what its own programs say of it. */
@EnabledOnOs(OS.LINUX)
class RunningHostTest {
    private static final Pattern LISTEN = Pattern.compile("(?m)^\\s*listen\\s+(?:\\S*:)?(\\d+)[ ;]");

    @Test
    void nginx_tells_the_same_ports() throws Exception {
        String dump = output("nginx", "-T");
        Set<Integer> listed = LISTEN.matcher(dump)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<Integer> told = read().services().stream()
                .filter(service -> service.name().equals("nginx") && service.protocol() == Protocol.TCP)
                .map(service -> service.ports().first())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(listed);
    }

    @Test
    void systemd_tells_the_same_of_every_unit_that_a_service_has() throws Exception {
        Set<String> enabled = unitsThatAre("enabled");
        Set<String> disabled = unitsThatAre("disabled");

        for (Service service : read().services()) {
            if (service.unit() != null && enabled.contains(service.unit())) {
                assertThat(service.enabled()).as(service.unit()).isTrue();
            }
            if (service.unit() != null && disabled.contains(service.unit())) {
                assertThat(service.enabled()).as(service.unit()).isFalse();
            }
        }
    }

    private static ConfiguredServices read() throws HostReadException {
        try (HostNetwork host =
                new LinuxProvider().open(new NamespaceChoice.Own()).getFirst()) {
            return host.configuredServices();
        }
    }

    private static Set<String> unitsThatAre(String state) throws IOException {
        return output("systemctl", "--root=/", "list-unit-files", "--no-legend", "--state=" + state)
                .lines()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .collect(Collectors.toSet());
    }

    private static String output(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.onExit().join().exitValue();
            Assumptions.assumeTrue(exit == 0, () -> List.of(command) + " fails here");
            return output;
        } catch (IOException e) {
            return Assumptions.abort("needs " + command[0] + ": " + e.getMessage());
        }
    }
}
