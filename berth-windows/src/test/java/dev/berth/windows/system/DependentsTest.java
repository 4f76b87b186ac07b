package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import org.junit.jupiter.api.Test;

class DependentsTest {
    /** What is run there. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] args) throws WindowsErrorException {
            var acts = new LiveActs((command, limit) -> new Tools.Run.Missing("not in this test"));
            System.out.print(acts.dependents("RpcSs") + " ");
            try {
                acts.dependents("berth-none");
            } catch (WindowsErrorException e) {
                System.out.print(e.number());
            }
        }
    }

    @Test
    void who_needs_a_service_is_asked_and_of_none_there_is_an_error() throws Exception {
        try (Wine wine = Wine.here()) { // which knows of no dependents
            Wine.Ended ended = wine.java(Asking.class);
            assertThat(ended.output()).as(ended.complaint()).isEqualTo("[] 1060"); // ERROR_SERVICE_DOES_NOT_EXIST
        }
    }
}
