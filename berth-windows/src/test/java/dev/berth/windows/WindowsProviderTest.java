package dev.berth.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.NamespaceChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsProviderTest {
    private final WindowsProvider provider = new WindowsProvider();

    @ParameterizedTest
    @ValueSource(strings = {"blue", "4242", "all"})
    void there_is_no_network_namespace_to_choose(String option) {
        assertThatThrownBy(() -> provider.open(NamespaceChoice.parse(option)))
                .isInstanceOfSatisfying(HostReadException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.NOT_ON_THIS_SYSTEM);
                    assertThat(e.why()).isEqualTo("Windows has one network stack");
                });
    }

    @Test
    void elsewhere_it_knows_no_terminal() {
        if (!provider.isHere()) {
            assertThat(provider.isTerminal(1)).isFalse();
            assertThat(provider.terminalColumns(1)).isEmpty();
            assertThat(provider.terminalRows()).isEmpty();
        }
    }
}
