package dev.berth.linux.configured;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of systemd.unit(5) and systemd.socket(5), one by one. */
class SocketUnitsTest {
    private static final String ETC = "/etc/systemd/system/";
    private static final String USR = "/usr/lib/systemd/system/";

    private final Configured host = new Configured();

    @Test
    void every_way_to_write_a_port() {
        host.with(
                USR + "a.socket",
                "[Socket]",
                "ListenStream=1",
                "ListenStream=10.0.0.1:2",
                "ListenStream=[::1]:3",
                "ListenStream=[fe80::1%eth0]:4",
                "ListenStream = 0.0.0.0:5",
                "ListenDatagram=6");

        assertThat(host.places())
                .containsExactly("1/tcp", "2/tcp 10.0.0.1", "3/tcp ::1", "4/tcp fe80::1", "5/tcp", "6/udp");
    }

    @Test
    void what_is_no_port_is_passed_over() {
        host.with(
                USR + "a.socket",
                "# ListenStream=1",
                "[Socket]",
                "ListenStream=/run/x:1",
                "ListenStream=@x:1",
                "ListenStream=vsock:2:1234",
                "ListenSequentialPacket=/run/y",
                "ListenStream=65536",
                "ListenStream=0",
                "[Unit]",
                "ListenStream=80");

        assertThat(host.places()).isEmpty();
    }

    @Test
    void a_socket_of_another_protocol_takes_no_port_of_tcp() {
        host.with(USR + "a.socket", "[Socket]", "ListenStream=1", "SocketProtocol=sctp");

        assertThat(host.places()).isEmpty();
    }

    @Test
    void a_file_in_etc_hides_the_vendors() {
        host.with(USR + "a.socket", "[Socket]", "ListenStream=1").with(ETC + "a.socket", "[Socket]", "ListenStream=2");

        assertThat(host.told()).containsExactly("2/tcp from " + ETC + "a.socket:2");
    }

    @Test
    void drop_ins_come_after_the_file_in_order_of_their_names() {
        host.with(USR + "a.socket", "[Socket]", "ListenStream=1")
                .with(ETC + "a.socket.d/20.conf", "[Socket]", "ListenStream=3")
                .with(USR + "a.socket.d/10.conf", "[Socket]", "ListenStream=2")
                .with(ETC + "a.socket.d/30.txt", "[Socket]", "ListenStream=4");

        assertThat(host.places()).containsExactly("1/tcp", "2/tcp", "3/tcp");
    }

    @Test
    void an_empty_assignment_takes_back_all_before_it() {
        host.with(USR + "a.socket", "[Socket]", "ListenStream=1", "ListenDatagram=1")
                .with(ETC + "a.socket.d/x.conf", "[Socket]", "ListenStream=", "ListenStream=2");

        assertThat(host.told()).containsExactly("2/tcp from " + ETC + "a.socket.d/x.conf:3");
    }

    @Test
    void a_masked_unit_listens_nowhere() {
        host.with(USR + "a.socket", "[Socket]", "ListenStream=1").enabled("a.socket");
        host.files().with(ETC + "a.socket", ""); // as a link to /dev/null reads

        assertThat(host.places()).isEmpty();
    }

    @Test
    void enabled_is_what_a_directory_of_links_names() {
        host.with(USR + "a.socket", "[Socket]", "ListenStream=1")
                .with(USR + "b.socket", "[Socket]", "ListenStream=2")
                .with(USR + "c.socket", "[Socket]", "ListenStream=3")
                .with(ETC + "sockets.target.wants/a.socket", "")
                .with(USR + "x.service.requires/b.socket", "");

        assertThat(Configured.whole(host.files())).isEqualTo("""
                a.socket 1/tcp, a.socket enabled, /usr/lib/systemd/system/a.socket:2
                b.socket 2/tcp, b.socket enabled, /usr/lib/systemd/system/b.socket:2
                c.socket 3/tcp, c.socket disabled, /usr/lib/systemd/system/c.socket:2
                """);
    }

    @Test
    void a_template_counts_once_for_each_instance_that_is_wanted() {
        host.with(USR + "a@.socket", "[Socket]", "ListenStream=10.0.0.1:%i")
                .with(ETC + "a@8081.socket.d/x.conf", "[Socket]", "ListenStream=9")
                .with(ETC + "sockets.target.wants/a@8080.socket", "")
                .with(ETC + "sockets.target.wants/a@8081.socket", "");

        assertThat(host.places()).containsExactly("8080/tcp 10.0.0.1", "8081/tcp 10.0.0.1", "9/tcp");
    }

    @Test
    void an_alias_is_the_same_socket() {
        String[] text = {"[Socket]", "ListenStream=1", "[Install]", "Alias=b.socket"};
        host.with(USR + "a.socket", text).with(ETC + "b.socket", text);

        assertThat(host.told()).containsExactly("1/tcp from " + USR + "a.socket:2");
    }
}
