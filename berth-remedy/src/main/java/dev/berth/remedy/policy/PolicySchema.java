package dev.berth.remedy.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of policies, as docs/policy.schema.json publishes it. */
public final class PolicySchema {
    private PolicySchema() {}

    public static String text() throws IOException {
        try (var in = PolicySchema.class.getResourceAsStream("policy.schema.json")) {
            if (in == null) {
                throw new IOException("policy.schema.json is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
