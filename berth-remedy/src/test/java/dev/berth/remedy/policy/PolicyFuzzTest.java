package dev.berth.remedy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/** One exception type may come out of the reader, and no other. */
final class PolicyFuzzTest {
    @FuzzTest
    void text_is_either_a_policy_or_refused(@NotNull String text) {
        try {
            PolicyReader.read(text, "berth.yaml");
        } catch (PolicyException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }
}
