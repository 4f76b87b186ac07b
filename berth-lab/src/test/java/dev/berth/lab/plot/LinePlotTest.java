package dev.berth.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LinePlotTest {
    private static final LinePlot CLIFF = new LinePlot(
            "Connect latency & fill",
            "28,232 ports, one destination <127.0.0.1:8080>",
            Axis.linear("of the ports taken, %").at(0, 25, 50, 75, 100),
            Axis.log("connect, median, µs"),
            List.of(
                    new Series(
                            "the kernel chooses",
                            List.of(
                                    Point.of(0, 26),
                                    Point.of(25, 26),
                                    Point.of(49, 29),
                                    new Point(50, 600, 764, 933),
                                    Point.of(90, 778))),
                    new Series("client library", List.of(Point.of(0, 26), Point.of(50, 25.8), Point.of(90, 25.7))),
                    new Series("wider range", List.of(Point.of(0, 26.1), Point.of(50, 26), Point.of(90, 26)))),
            List.of(new Mark(50, "the preferred half is used up")));

    @Test
    void a_plot_is_well_formed_whatever_its_words_are() throws Exception {
        Document page = read(CLIFF);
        assertThat(page.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Connect latency & fill");
        assertThat(texts(page)).contains("28,232 ports, one destination <127.0.0.1:8080>", "connect, median, µs");
    }

    @Test
    void every_series_has_its_line_and_its_name() throws Exception {
        Document page = read(CLIFF);
        assertThat(elements(page, "polyline"))
                .extracting(line -> line.getAttribute("points").split(" ").length)
                .containsExactly(5, 3, 3);
        assertThat(texts(page)).contains("the kernel chooses", "client library", "wider range");
    }

    @Test
    void ticks_are_the_given_ones_or_round_numbers_around_the_values() throws Exception {
        assertThat(texts(read(CLIFF)))
                .contains("0", "25", "50", "75", "100")
                .contains("20", "100", "1,000")
                .doesNotContain("10", "2,000");
    }

    @Test
    void names_of_lines_that_end_at_one_place_do_not_lie_on_each_other() throws Exception {
        List<Double> heights = elements(read(CLIFF), "text").stream()
                .filter(text -> CLIFF.series().stream().anyMatch(s -> s.name().equals(text.getTextContent())))
                .map(text -> Double.parseDouble(text.getAttribute("y")))
                .sorted()
                .toList();
        assertThat(heights).hasSize(3);
        assertThat(heights.get(1) - heights.get(0)).isGreaterThanOrEqualTo(13);
        assertThat(heights.get(2) - heights.get(1)).isGreaterThanOrEqualTo(13);
    }

    @Test
    void a_linear_axis_begins_at_zero_and_ends_behind_the_last_value() {
        assertThat(Axis.linear("").over(3, 41).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0);
        assertThat(Axis.linear("").over(0, 0).ticks()).containsExactly(0.0, 1.0);
        assertThat(Axis.linear("").over(-3, 5).ticks()).containsExactly(-4.0, -2.0, 0.0, 2.0, 4.0, 6.0);
    }

    @Test
    void a_log_axis_marks_decades_and_their_parts_where_there_are_few() {
        assertThat(Axis.log("").over(3, 41_000).ticks())
                .containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0);
        assertThat(Axis.log("").over(0.03, 0.4).ticks()).containsExactly(0.02, 0.05, 0.1, 0.2, 0.5);
        assertThat(Axis.log("").over(7, 7).ticks()).containsExactly(5.0, 10.0);
    }

    @Test
    void what_has_no_place_is_refused() {
        assertThatThrownBy(() -> Axis.log("").over(0)).hasMessage("0.0 has no place on a log axis");
        assertThatThrownBy(() -> Axis.linear("").over(Double.NaN)).hasMessage("NaN has no place on a linear axis");
    }

    private static Document read(LinePlot plot) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(plot.svg())));
    }

    private static List<Element> elements(Document page, String name) {
        var found = page.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> texts(Document page) {
        return elements(page, "text").stream().map(Element::getTextContent).toList();
    }
}
