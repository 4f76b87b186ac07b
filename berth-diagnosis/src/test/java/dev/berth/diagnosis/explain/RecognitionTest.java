package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.diagnosis.explain.Reading.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lines whose meaning was labelled by hand, {@code lines.csv}. Other lines are tried with
 * {@code mvn test -pl berth-diagnosis -am -Dtest=RecognitionTest -Dsurefire.failIfNoSpecifiedTests=false -Dberth.lines=FILE},
 * a table with the same columns.
 */
class RecognitionTest {
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    static List<LabelledLine> lines() throws IOException {
        try (InputStream csv = Objects.requireNonNull(RecognitionTest.class.getResourceAsStream("lines.csv"))) {
            return LabelledLine.read(csv);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void no_line_is_read_against_its_label(LabelledLine line) {
        Reading read = Reading.of(RECOGNISER.recognise(line.line()));
        Reading label = line.labelFor(read);
        assertThat(read.against(label)).as("says %s%nread %s", label, read).isNotEqualTo(Verdict.WRONG);
        assertThat(read.contradictsErrorOf(label))
                .as("says %s%nread %s", label, read)
                .isFalse();
    }

    @Test
    void every_line_reads_as_it_was_labelled() throws IOException {
        var table = new RecognitionTable(RECOGNISER, lines());
        System.out.println(table);
        assertThat(table.count(Verdict.RIGHT)).isEqualTo(lines().size());
    }

    @Test
    void the_table_of_lines_that_were_kept_apart() throws IOException {
        String file = System.getProperty("berth.lines", "");
        assumeThat(file).as("a table of other lines: -Dberth.lines=FILE").isNotEmpty();
        try (InputStream csv = Files.newInputStream(Path.of(file))) {
            System.out.println(new RecognitionTable(RECOGNISER, LabelledLine.read(csv)));
        }
    }

    @Test
    void the_order_of_the_products_decides_nothing() throws IOException {
        ErrorTexts texts = ErrorTexts.shipped();
        var shuffled = new ArrayList<>(ProductFile.shipped(texts));
        Collections.shuffle(shuffled, new Random(8));
        var other = new Recogniser(texts, shuffled);
        for (LabelledLine line : lines()) {
            assertThat(other.recognise(line.line())).isEqualTo(RECOGNISER.recognise(line.line()));
        }
    }
}
