package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkNamespaceTest {
    private final NetworkNamespace blue = new NetworkNamespace(7, "blue");

    @Test
    void a_stack_is_the_same_under_a_name_and_by_a_process() {
        assertThat(new NetworkNamespace(7, null, 31)).isEqualTo(blue).hasSameHashCodeAs(blue);
        assertThat(new NetworkNamespace(8, "blue")).isNotEqualTo(blue);
    }

    @Test
    void the_next_one_with_the_same_number_is_another_where_cookies_tell() {
        assertThat(blue.withCookie(1L).mayBe(blue.withCookie(2L))).isFalse();
        assertThat(blue.withCookie(1L).mayBe(blue.withCookie(1L))).isTrue();
        assertThat(blue.withCookie(1L).mayBe(blue)).isTrue();
        assertThat(blue.withCookie(1L).mayBe(new NetworkNamespace(8, "blue").withCookie(1L)))
                .isFalse();
    }
}
