package dev.berth.windows.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.platform.ExcludedRange;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published output there is: the document lists them with what Berth reads out of each. */
class NetshSamplesTest {
    private static final Path DOCUMENT = Path.of("../docs/windows-netsh-samples.md");

    private static final String HEAD = """
            # What netsh prints, and what Berth reads

            Outputs of `netsh interface ipv4 show excludedportrange` and `show dynamicport` that people published, and the ranges Berth reads out of
            each: by digits, colons, stars and the rule of dashes alone, as all else is translated. The texts are in
            `berth-windows/src/test/resources/netsh`, and `NetshSamplesTest` holds this page to them. A star marks an exclusion that a person made.
            None was taken on a machine of ours. Polish, Turkish, Czech, Korean and Portuguese outputs were not found whole.

            | Sample | Language | Provenance | Ranges |
            |---|---|---|---|
            """;

    static List<NetshSample> samples() {
        return NetshSample.all();
    }

    @Test
    void the_document_lists_what_is_read_out_of_each() throws IOException {
        String document = HEAD
                + samples().stream()
                        .map(sample -> "| %s | %s | %s | %s |\n"
                                .formatted(
                                        sample.file(), sample.language(), sample.provenance(), read(sample.output())))
                        .collect(Collectors.joining());

        if (System.getenv("BERTH_WRITE_DOCS") != null) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT).replace("\r\n", "\n"))
                .as("out of date: run this test with BERTH_WRITE_DOCS=1")
                .isEqualTo(document);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_code_page_makes_no_difference(NetshSample sample) {
        Stream.of("IBM850", "IBM866", "GBK", "Big5", "windows-31j", "MS949", "windows-1252")
                .filter(Charset::isSupported) // by a small runtime of Java not all are
                .forEach(name -> assertThat(read(sample.output(Charset.forName(name))))
                        .as(name)
                        .isEqualTo(read(sample.output())));
    }

    @Test
    void no_byte_of_a_label_changes_the_dynamic_range() {
        for (int label = 0x80; label <= 0xff; label++) { // in UTF-8, or a code page of two bytes, each may be there
            String table = "Po%1$cet\r\n-----\r\nPort %1$c : 49152\r\n%1$c%1$c  : 16384\r\n".formatted((char) label);
            assertThat(DynamicTable.parse(table)).as("%x", label).isEqualTo(new PortRange(49_152, 65_535));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void line_ends_make_no_difference(NetshSample sample) {
        String unix = sample.output().replace("\r\n", "\n");

        for (String end : List.of("\n", "\r\n", "\r\r\n")) {
            assertThat(read(unix.replace("\n", end))).isEqualTo(read(sample.output()));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neither_table_is_taken_for_the_other(NetshSample sample) {
        assertThat(sample.isExcluded() ? DynamicTable.parse(sample.output()) : ExcludedTable.parse(sample.output()))
                .isNull();
    }

    @Test
    void each_row_keeps_whether_a_person_made_it() {
        assertThat(rows(NetshSample.of("excluded-en-runner-after.txt").output()))
                .containsExactly(
                        new ExcludedRange(PortRange.of(80), false),
                        new ExcludedRange(PortRange.of(5986), false),
                        new ExcludedRange(PortRange.of(47_001), false),
                        new ExcludedRange(PortRange.of(55_679), true));
    }

    @Test
    void a_table_without_rows_is_a_table() {
        assertThat(rows(NetshSample.of("excluded-zh-hans-empty.txt").output())).isEmpty();
    }

    @Test
    void what_is_no_table_is_nothing() {
        for (String text : List.of(
                "",
                "Ok.\n",
                "The requested operation requires elevation (Run as administrator).\n",
                "The system cannot find the file specified.\n",
                "--------\n",
                "80 90 100\n",
                "Error: 5\n")) {
            assertThat(ExcludedTable.parse(text)).as(text).isNull();
            assertThat(DynamicTable.parse(text)).as(text).isNull();
        }
    }

    @Test
    void a_row_that_cannot_be_spoils_the_table() {
        for (String row : List.of("90 80", "1 65536", "99999 99999", "0 0", "80", "80 90 100", "80-90", "80 90 * *")) {
            assertThat(ExcludedTable.parse("----------    --------\n  5357  5357\n" + row + "\n"))
                    .as(row)
                    .isNull();
        }
    }

    @Test
    void port_zero_is_clipped() {
        assertThat(rows("----------    --------\n  0  19 *\n"))
                .containsExactly(new ExcludedRange(new PortRange(1, 19), true));
    }

    @Test
    void a_dynamic_range_that_cannot_be_is_nothing() {
        for (String numbers :
                List.of("a : 0\nb : 10", "a : 1024\nb : 0", "a : 60000\nb : 6000", "a : 1", "a:1\nb:2\nc:3")) {
            assertThat(DynamicTable.parse(numbers)).as(numbers).isNull();
        }
    }

    private static List<ExcludedRange> rows(String output) {
        return Objects.requireNonNull(ExcludedTable.parse(output)).rows();
    }

    /** The ranges as the document has them; null where it is neither table. */
    private static @Nullable String read(String output) {
        PortRange dynamic = DynamicTable.parse(output);
        if (dynamic != null) {
            return "dynamic " + dynamic;
        }
        ExcludedTable excluded = ExcludedTable.parse(output);
        if (excluded == null) {
            return null;
        }
        return excluded.rows().isEmpty()
                ? "none"
                : excluded.rows().stream()
                        .map(row -> row.range() + (row.administered() ? "\\*" : ""))
                        .collect(Collectors.joining(" "));
    }
}
