package dev.berth.remedy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.berth.net.Cases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The published schema and the reader agree on everything a schema can say. */
class PolicySchemaTest {
    private static final Schema SCHEMA = schema();

    /** Values that a schema judges as the reader does, good and bad ones, for each key. */
    private static final List<String> WORDS =
            List.of("web", "SQL Server", "\"\"", "\" web\"", "\"8080\"", "8080", "null", "true", "[]", "\"a\\nb\"");

    private static final List<String> PORTS = List.of(
            "1", "80", "65535", "0", "65536", "-1", "\"80\"", "\"080\"", "\"65536\"", "\"80-90\"", "8.5", "null", "[]");
    private static final List<String> PORT_LISTS = List.of(
            "\"80-90\"", "\"80,90-91\"", "\"80, 90\"", "80", "[80, \"90-91\"]", "[]", "[[80]]", "\"\"", "\"a\"", "{}");
    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "TCP", "6", "null");
    private static final List<String> ADDRESSES = List.of("10.0.0.1", "\"::1\"", "\"\"", "localhost", "10", "null");
    private static final List<String> RANGES =
            List.of("10240-65535", "\"2048-4095\"", "10240", "\"a-b\"", "[]", "null");
    private static final List<String> REUSES = List.of("off", "on", "loopback", "1", "yes", "true", "null");
    private static final List<String> ENDPOINTS =
            List.of("\"10.0.0.1:443\"", "\"[::1]:443\"", "\"10.0.0.1\"", "443", "null", "\"\"");
    private static final List<String> NUMBERS = List.of("400", "0.2", "1e3", "0", "-1", "1e12", "\"4\"", "null", "[]");

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("../docs/policy.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean schemaTakes(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
    }

    @Test
    void they_agree_on_documents_drawn_at_random() {
        int[] good = {0};
        Cases.of(PolicySchemaTest::document).count(5_000).seed(Cases.fresh()).forEach(json -> {
            String refused = refusal(json);
            assertThat(schemaTakes(json)).as("%s: %s", json, refused).isEqualTo(refused.isEmpty());
            good[0] += refused.isEmpty() ? 1 : 0;
        });
        assertThat(good[0]).as("documents that are policies").isBetween(500, 4_500);
    }

    @Test
    void the_examples_of_the_guide_are_policies() throws Exception {
        List<String> examples = examples(Files.readString(Path.of("../docs/policy.md")));
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            PolicyReader.read(example, "docs/policy.md");
            assertThat(SCHEMA.validate(example, InputFormat.YAML)).as(example).isEmpty();
        }
    }

    private static List<String> examples(String page) {
        return page.lines().noneMatch("```yaml"::equals)
                ? List.of()
                : java.util.Arrays.stream(page.split("```yaml\n", -1))
                        .skip(1)
                        .map(rest -> rest.substring(0, rest.indexOf("```")))
                        .toList();
    }

    private static String refusal(String json) {
        try {
            PolicyReader.read(json, "policy");
            return "";
        } catch (PolicyException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String document(Random random) {
        var keys = new Drawn(random);
        keys.some("services", List.of(list(service(random)), list(service(random)), "[]", "null", "{}"));
        keys.some(
                "dynamicRange",
                List.of(
                        new Drawn(random).some("linux", RANGES).json(),
                        "{\"windows\": "
                                + new Drawn(random)
                                        .some("tcp", RANGES)
                                        .some("udp", RANGES)
                                        .json() + "}",
                        "{}"));
        keys.some("timeWaitReuse", REUSES);
        keys.some("destinations", List.of(list(destination(random)), list(destination(random)), "[1]"));
        return keys.json();
    }

    private static String list(String element) {
        return "[" + element + "]";
    }

    private static String service(Random random) {
        return new Drawn(random)
                .often("name", WORDS)
                .often("port", PORTS)
                .seldom("ports", PORT_LISTS)
                .seldom("protocol", PROTOCOLS)
                .seldom("address", ADDRESSES)
                .seldom("unit", WORDS)
                .seldom("process", WORDS)
                .seldom("prot", WORDS)
                .json();
    }

    private static String destination(Random random) {
        return new Drawn(random)
                .often("to", ENDPOINTS)
                .often("peakConnectionsPerSecond", NUMBERS)
                .some("holdSeconds", NUMBERS)
                .json();
    }

    /** A JSON object with keys that are there by chance, the first values of a list more often than the others. */
    private static final class Drawn {
        private static final int EARLY = 2;

        private final Random random;
        private final StringJoiner keys = new StringJoiner(", ", "{", "}");

        Drawn(Random random) {
            this.random = random;
        }

        Drawn often(String key, List<String> values) {
            return random.nextInt(12) > 0 ? put(key, values) : this;
        }

        Drawn some(String key, List<String> values) {
            return random.nextBoolean() ? put(key, values) : this;
        }

        Drawn seldom(String key, List<String> values) {
            return random.nextInt(6) == 0 ? put(key, values) : this;
        }

        private Drawn put(String key, List<String> values) {
            String value = values.get(random.nextInt(random.nextInt(4) > 0 ? EARLY : values.size()));
            boolean bare = value.matches("[A-Za-z][A-Za-z ]*|[0-9.]+\\.[0-9]+\\.[0-9]+|[0-9]+-[0-9]+")
                    && !value.equals("null")
                    && !value.equals("true");
            keys.add("\"" + key + "\": " + (bare ? "\"" + value + "\"" : value));
            return this;
        }

        String json() {
            return keys.toString();
        }
    }
}
