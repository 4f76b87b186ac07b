package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.explain.Endpoints.Found;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "10.0.0.1:80                    | 10.0.0.1:80",
                "[::]:8080                      | [::]:8080",
                "[::1]:8080                     | [::1]:8080",
                "[fe80::1%eth0]:443             | [fe80::1]:443",
                ":::38675                       | [::]:38675",
                "::1:5432                       | [::1]:5432",
                "*:6379                         | *:6379",
                ":8081                          | *:8081",
                "/0.0.0.0:8080                  | 0.0.0.0:8080",
                "/[0:0:0:0:0:0:0:0]:8080        | [::]:8080",
                "0.0.0.0/0.0.0.0:2181           | 0.0.0.0:2181",
                "localhost/127.0.0.1:7000       | 127.0.0.1:7000",
                "db.example.org/10.1.2.3:5432   | 10.1.2.3:5432",
                "db.example.org:5432            | db.example.org:5432",
                "http://127.0.0.1:5010/         | 127.0.0.1:5010",
                "http://[::]:5000               | [::]:5000",
                "http://localhost/              | localhost:80",
                "https://db.example.org         | db.example.org:443",
                "tcp://0.0.0.0:2375             | 0.0.0.0:2375",
                "http://*:5000/                 | *:5000",
                "http://+:8089/                 | *:8089",
                "redis://default:12345@10.0.0.5:6379           | 10.0.0.5:6379",
                "amqp://guest:4711@10.0.0.5:5672               | 10.0.0.5:5672",
                "redis://:12345@10.0.0.5:6379                  | 10.0.0.5:6379",
                "postgres://admin:31337@db.example.com:5432    | db.example.com:5432",
                "postgres://admin:a@31337@db.example.com:5432  | db.example.com:5432",
                "https://admin:31337@db.example.com            | db.example.com:443",
                "[0.0.0.0:8889]                 | 0.0.0.0:8889",
                "[ 'any' <ipv6> 1433]           | [::]:1433",
                "['any'<ipv4> 1963]             | 0.0.0.0:1963",
                "[ 10.0.0.5 <ipv4> 1433]        | 10.0.0.5:1433",
                "('127.0.0.1', 48889)           | 127.0.0.1:48889",
                "('::', 8000, 0, 0)             | [::]:8000",
                "('', 8000)                     | *:8000",
                "{0,0,0,0},5671                 | 0.0.0.0:5671",
                "{0,0,0,0,0,0,0,1},5671         | [::1]:5671",
                "[AF_INET]192.168.0.240:1194    | 192.168.0.240:1194",
                "[AF_INET6]::1:1194             | [::1]:1194",
                "0.0.0.0/5432                   | 0.0.0.0:5432",
                "127.0.0.1#53                   | 127.0.0.1:53",
                "0.0.0.0:0                      | 0.0.0.0:0",
            })
    void every_notation_is_read_to_its_end(String written, String read) {
        Found found = Objects.requireNonNull(Endpoints.at("x " + written + " y", 2), written);
        assertThat(found.endpoint()).hasToString(read);
        assertThat(found.end()).isEqualTo(2 + (written.endsWith("/") ? written.length() - 1 : written.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "2016-07-12 22:41:20.58",
                "at java.net.Socket.connect(Socket.java:88)",
                "[/etc/haproxy/haproxy.cfg:34]",
                "main.go:123",
                "10.0.0.1:70000",
                "level:3",
                "C:80",
                "12:34:56",
                "sha256:1234",
                "default:12345@10.0.0.5",
                "user.name:4711@tcp(unknown)",
                "File server.tsx:3000 is in use",
                "db-1:5432 is not what follows a call",
                "cannot connect: main:12:5",
                "1.2.3",
                "{\"id\":20568,\"ctx\":\"initandlisten\"}",
                "at X.Bind () [0x00043] in <5307bcb359e140d4b454b70b3ff646a0>:0",
            })
    void what_only_looks_like_an_endpoint_is_none(String line) {
        assertThat(Endpoints.in(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Bind to port 22 on 0.0.0.0 failed         | 0.0.0.0:22",
                "bind(2) for \"127.0.0.1\" port 3206       | 127.0.0.1:3206",
                "on address 0.0.0.0, port 8080 and command | 0.0.0.0:8080",
                "address [localhost] and port [8005]       | localhost:8005",
                "server running on port: 3306 ?            | *:3306",
                "port=8080                                 | *:8080",
                "{\"pid\":7462,\"port\":27017}                 | *:27017",
                "could not bind to distribution port 25672 | *:25672",
            })
    void a_port_is_called_so(String line, String read) {
        assertThat(Endpoints.in(line)).first().extracting(Found::endpoint).hasToString(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect to db-1:5432 failed           | db-1:5432",
                "dial tcp redis:6379: connect          | redis:6379",
                "upstream: \"app:8080\"                | app:8080",
            })
    void a_name_of_one_label_is_a_host_where_only_the_other_end_can_follow(String line, String read) {
        assertThat(Endpoints.in(line)).first().extracting(Found::endpoint).hasToString(read);
    }

    @Test
    void both_ends_of_an_arrow_are_read() {
        List<Found> found = Endpoints.in("dial tcp :20->:8081: bind: address already in use");
        assertThat(found).extracting(Found::endpoint).hasToString("[*:20, *:8081]");
    }

    @Test
    void of_a_mapped_port_that_of_the_host_is_read() {
        Found found = Objects.requireNonNull(Endpoints.at("0.0.0.0:5432:172.18.0.2:5432/tcp", 0));
        assertThat(found.endpoint()).hasToString("0.0.0.0:5432");
    }

    @Test
    void a_path_is_no_address_and_what_java_writes_is_one() {
        assertThat(Endpoints.addressAt("/tmp/app.sock", 0)).isNull();
        assertThat(Objects.requireNonNull(Endpoints.addressAt("/127.0.0.1", 0)).endpoint())
                .hasToString("127.0.0.1");
    }
}
