package dev.berth.windows.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.PortRange;
import dev.berth.windows.system.Tools;

/** Whatever a program prints is read, or is nothing. */
class RepliesFuzzTest {
    @FuzzTest
    void any_text_is_a_table_of_exclusions_or_nothing(@NotNull String text) {
        for (String output : new String[] {text, "----------    --------\n" + text}) {
            ExcludedTable table = ExcludedTable.parse(output);
            if (table != null) {
                assertThat(table.ports().minus(table.administered()).size()).isBetween(0, PortRange.ALL.size());
            }
        }
    }

    @FuzzTest
    void any_text_is_a_dynamic_range_or_nothing(@NotNull String text) {
        PortRange range = DynamicTable.parse(text);
        assertThat(range == null || range.size() > 0).isTrue();
    }

    @FuzzTest
    void any_text_is_a_list_of_events_or_a_gap(@NotNull String text) {
        for (String output : new String[] {text, "<Events><Event>" + text + "</Event></Events>"}) {
            var events = EventLog.read((_, _) -> new Tools.Run.Ended(0, output, ""));
            assertThat(events.gaps()).hasSizeLessThan(2);
        }
    }

    @FuzzTest
    void any_text_is_the_shared_range_or_nothing(@NotNull String text) {
        Reply<AutoReuse> reply = AutoReuse.read((_, _) -> new Tools.Run.Ended(1, text, text));
        assertThat(reply).isNotNull();
    }
}
