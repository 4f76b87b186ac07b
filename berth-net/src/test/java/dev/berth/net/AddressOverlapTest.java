package dev.berth.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.AddressOverlap.Claim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address matrix that was taken from Linux 6.18: X is EADDRINUSE, so the two overlap. */
final class AddressOverlapTest {
    @ParameterizedTest(name = "{0}: {1} {2} {3} {4} {5} {6} {7}")
    @CsvSource({
        // held            0.0.0.0 127.0.0.1 127.0.0.2 :: ::only ::1 ::ffff:127.0.0.1
        "0.0.0.0 server,          X, X, X, X, ok, ok, X",
        "127.0.0.1 server,        X, X, ok, X, ok, ok, X",
        "127.0.0.1 connection,    X, X, ok, X, ok, ok, X",
        "127.0.0.2 server,        X, ok, X, X, ok, ok, ok",
        ":: server,               X, X, X, X, X, X, X",
        "::only server,           ok, ok, ok, X, X, X, ok",
        "::1only server,          ok, ok, ok, X, X, X, ok",
        "::1 connection,          X, ok, ok, X, X, X, ok"
    })
    void a_wanted_bind_overlaps_what_linux_says_it_does(
            String held,
            String v4Any,
            String v4One,
            String v4Two,
            String dual,
            String v6Only,
            String v6One,
            String mapped) {
        assertThat(overlap("0.0.0.0", held)).isEqualTo(v4Any);
        assertThat(overlap("127.0.0.1", held)).isEqualTo(v4One);
        assertThat(overlap("127.0.0.2", held)).isEqualTo(v4Two);
        assertThat(overlap("::", held)).isEqualTo(dual);
        assertThat(overlap("::only", held)).isEqualTo(v6Only);
        assertThat(overlap("::1", held)).isEqualTo(v6One);
        assertThat(overlap("::ffff:127.0.0.1", held)).isEqualTo(mapped);
    }

    @Test
    void two_servers_overlap_whichever_comes_first() {
        Cases.of(random -> new Claim[] {
                    server(Given.address(random), random.nextBoolean()),
                    server(Given.address(random), random.nextBoolean())
                })
                .forEach(pair -> assertThat(AddressOverlap.between(pair[0], pair[1]))
                        .isEqualTo(AddressOverlap.between(pair[1], pair[0])));
    }

    private static Claim server(IpAddress address, boolean v6Only) {
        return new Claim(address, v6Only, false);
    }

    private static String overlap(String wanted, String held) {
        return AddressOverlap.between(claim(wanted), claim(held)) ? "X" : "ok";
    }

    private static Claim claim(String text) {
        String address = text.substring(0, text.indexOf(' ') < 0 ? text.length() : text.indexOf(' '));
        boolean v6Only = address.endsWith("only");
        return new Claim(
                IpAddress.parse(v6Only ? address.replace("only", "") : address), v6Only, text.endsWith("connection"));
    }
}
