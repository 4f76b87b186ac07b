package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines with more than one endpoint. */
class EndsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "connect | server at 10.0.0.1:8080 cannot connect to 10.0.0.9:5432: cannot assign | none | 10.0.0.9:5432",
                "connect | 10.0.0.7:55123 GET /api: upstream connect 10.0.0.9:5432: Cannot assign | none | 10.0.0.9:5432",
                "bind    | client 10.0.0.7:55123: bind failed: Address already in use, port 8080  | *:8080 | none",
                "connect | client: 10.0.0.7:55123, upstream: http://10.0.0.9:80/                  | none | 10.0.0.9:80",
                "connect | dial tcp 10.0.0.1:4000->10.0.0.9:80: connect                           | 10.0.0.1:4000 | 10.0.0.9:80",
            })
    void the_end_is_the_one_that_the_call_leads_to(String operation, String line, String local, String remote) {
        Ends ends = Ends.in(line, operation.equals("bind") ? Operation.BIND : Operation.CONNECT);
        assertThat(String.valueOf(ends.local())).isEqualTo(String.valueOf(local));
        assertThat(String.valueOf(ends.remote())).isEqualTo(String.valueOf(remote));
    }
}
