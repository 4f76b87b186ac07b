package dev.berth.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.Gap;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeyondTest {
    @Test
    void a_namespace_whose_addresses_cannot_be_read_is_a_gap_and_not_another_machine() {
        var host = FakeHostNetwork.with("10.0.0.2:80 LISTEN nginx(7)"); // it tells no addresses

        var beyond = Beyond.of(Endpoint.parse("10.0.0.2:80"), Protocol.TCP, List.of(host));

        assertThat(beyond.places()).isEmpty();
        assertThat(beyond.gaps())
                .containsExactly(
                        new Gap("what listens in " + host.namespace(), "its addresses are not read on this system"));
    }
}
