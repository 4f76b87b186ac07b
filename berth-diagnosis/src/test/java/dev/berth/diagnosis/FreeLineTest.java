package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.NetworkNamespace;
import org.junit.jupiter.api.Test;

class FreeLineTest {
    @Test
    void it_names_what_was_asked_about_and_no_more() {
        assertThat(new FreeLine(1433, Protocol.TCP, IpAddress.ANY_V6, null).by(null, null))
                .isEqualTo("berth free 1433");
        assertThat(new FreeLine(53, Protocol.UDP, IpAddress.parse("127.0.0.1"), null).by("signal", null))
                .isEqualTo("berth free 53 --protocol udp --address 127.0.0.1 --by signal");
    }

    @Test
    void another_namespace_is_named_or_told_by_a_process_or_the_systems_own_command_stands_in() {
        var named = new FreeLine(80, Protocol.TCP, IpAddress.ANY_V6, new NetworkNamespace(7, "blue one"));
        assertThat(named.by("stop", "systemctl stop a.service"))
                .isEqualTo("berth free 80 --by stop --netns 'blue one'");
        var lived = new FreeLine(80, Protocol.TCP, IpAddress.ANY_V6, new NetworkNamespace(7, null, 4711));
        assertThat(lived.by("stop", "systemctl stop a.service")).isEqualTo("berth free 80 --by stop --netns 4711");
        var nameless = new FreeLine(80, Protocol.TCP, IpAddress.ANY_V6, new NetworkNamespace(7, null));
        assertThat(nameless.by("stop", "systemctl stop a.service")).isEqualTo("systemctl stop a.service");
    }
}
