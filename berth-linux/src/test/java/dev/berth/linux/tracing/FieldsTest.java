package dev.berth.linux.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.HostReadException;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void fields_of_an_event_are_where_its_format_says() throws Exception {
        var fields = Fields.parse("inet_sock_set_state", RecordedPage.text("inet_sock_set_state.format"));

        assertThat(fields.get("common_pid")).isEqualTo(new Fields.Field(4, 4));
        assertThat(fields.get("skaddr")).isEqualTo(new Fields.Field(8, 8));
        assertThat(fields.get("daddr_v6", 16)).isEqualTo(new Fields.Field(56, 16));
        assertThat(fields.all()).hasSize(15);
    }

    @Test
    void a_page_is_as_long_as_its_head_and_its_data() throws Exception {
        assertThat(PageLayout.parse(RecordedPage.text("header_page"))).isEqualTo(new PageLayout(8, 16, 4096));
    }

    @Test
    void a_field_that_moved_is_followed_and_one_that_is_missing_or_another_is_refused() throws Exception {
        String moved = RecordedPage.text("inet_sock_set_state.format").replace("offset:56;", "offset:72;");
        assertThat(FailedConnect.of(1, Fields.parse("it", moved)).destination()).isEqualTo(new Fields.Field(72, 16));
        String missing = moved.replace("daddr_v6", "daddr_v8");
        assertThatThrownBy(() -> FailedConnect.of(1, Fields.parse("it", missing)))
                .isInstanceOfSatisfying(
                        HostReadException.class,
                        e -> assertThat(e.why()).isEqualTo("this kernel describes it without 'daddr_v6'"));
        String shorter = moved.replace("offset:72;\tsize:16;", "offset:72;\tsize:4;");
        assertThatThrownBy(() -> FailedConnect.of(1, Fields.parse("it", shorter)))
                .isInstanceOf(HostReadException.class);
    }
}
