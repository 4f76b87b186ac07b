package dev.berth.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisteredPortsTest {
    private static final RegisteredPorts LIST = RegisteredPorts.shipped();

    @ParameterizedTest
    @CsvSource({
        "TCP,22,ssh",
        "TCP,1433,ms-sql-s",
        "TCP,5432,postgresql",
        "TCP,3306,mysql",
        "TCP,6379,redis",
        "TCP,9092,kafka",
        "TCP,27017,mongodb",
        "TCP,5985,winrm",
        "TCP,47001,winrm-local",
        "UDP,53,domain",
        "UDP,51820,wireguard"
    })
    void what_everybody_knows_is_in_it(Protocol protocol, int port, String service) {
        assertThat(LIST.service(protocol, port)).isEqualTo(service);
        assertThat(LIST.ports(protocol).contains(port)).isTrue();
    }

    @Test
    void a_protocol_that_the_line_does_not_name_is_left_alone() {
        assertThat(LIST.service(Protocol.UDP, 5432)).isNull();
        assertThat(LIST.service(Protocol.TCP, 51820)).isNull();
        assertThat(LIST.service(Protocol.TCP, 53)).isEqualTo(LIST.service(Protocol.UDP, 53));
    }

    @Test
    void every_line_is_a_port_and_a_name_in_order_and_no_port_stands_there_twice() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("src/main/resources/dev/berth/net/registered-ports.properties"));
        Set<String> seen = new HashSet<>();
        int before = 0;
        int entries = 0;
        for (String line : lines) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            assertThat(line).matches("[1-9][0-9]*(/tcp|/udp)? [A-Za-z0-9][A-Za-z0-9+._-]*");
            String key = line.substring(0, line.indexOf(' '));
            String port = key.replaceFirst("/.*", "");
            assertThat(Integer.parseInt(port)).as(line).isGreaterThanOrEqualTo(before);
            before = Integer.parseInt(port);
            boolean both = key.equals(port);
            assertThat(both || key.endsWith("/tcp") ? seen.add(port + "/tcp") : true)
                    .as(line)
                    .isTrue();
            assertThat(both || key.endsWith("/udp") ? seen.add(port + "/udp") : true)
                    .as(line)
                    .isTrue();
            entries++;
        }
        assertThat(entries).isGreaterThan(350);
        assertThat(LIST.ports(Protocol.TCP).size() + LIST.ports(Protocol.UDP).size())
                .isEqualTo(seen.size());
    }
}
