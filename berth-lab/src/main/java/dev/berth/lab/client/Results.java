package dev.berth.lab.client;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What a run of {@link ConnectBench} came to. */
record Results(int ports, int rounds, List<Cell> cells) {
    private static final JsonFactory JSON = new JsonFactory();

    List<Ratio> ratios() {
        return Ratio.of(cells);
    }

    /** Connects that found no port although one was free; the library's. */
    int failedWhileFree() {
        return cells.stream()
                .filter(cell -> !cell.scene().full() && cell.way().name().startsWith("LIBRARY"))
                .mapToInt(Cell::failed)
                .sum();
    }

    /** Connects that found a port although none was free. */
    int connectedWhileFull() {
        return cells.stream()
                .filter(cell -> cell.scene().full())
                .mapToInt(cell -> cell.connects() - cell.failed())
                .sum();
    }

    boolean pass() {
        return failedWhileFree() == 0
                && connectedWhileFull() == 0
                && ratios().stream().allMatch(Ratio::met);
    }

    String text() {
        var text = new StringBuilder();
        line(
                text,
                "%,d ports for the kernel, and as many for the library; %d rounds; Linux %s, %d processors, Java %s",
                ports,
                rounds,
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        line(text, "Microseconds of one connect, socket included; at 100 %% of one that fails.%n");
        line(text, "| ports taken | way | median of the rounds' medians [lowest, highest] | p99 | connects | failed |");
        line(text, "|---|---|---|---|---|---|");
        for (Cell cell : cells) {
            line(
                    text,
                    "| %s | %s | %.1f [%.1f, %.1f] | %.1f | %,d | %,d |",
                    cell.scene(),
                    cell.way(),
                    cell.median(),
                    cell.lowestMedian(),
                    cell.highestMedian(),
                    cell.p99(),
                    cell.connects(),
                    cell.failed());
        }
        line(text, "%n| ratio of medians | measured | required | stretch |");
        line(text, "|---|---|---|---|");
        for (Ratio ratio : ratios()) {
            String sign = ratio.atMost() ? "≤" : "≥";
            line(
                    text,
                    "| %s | %s%s | %s %s | %s %s |",
                    ratio.text(),
                    number(ratio.measured()),
                    ratio.met() ? "" : ", *missed*",
                    sign,
                    number(ratio.required()),
                    sign,
                    number(ratio.stretch()));
        }
        line(text, "%nThe library's connects that failed while a port was free: %d", failedWhileFree());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : "%.0f", value);
    }

    String json() {
        var out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("ports", ports);
            json.writeNumberProperty("rounds", rounds);
            json.writeStringProperty("kernel", System.getProperty("os.version"));
            json.writeStringProperty("java", Runtime.version().toString());
            json.writeArrayPropertyStart("cells");
            for (Cell cell : cells) {
                json.writeStartObject();
                json.writeNumberProperty("fillPercent", cell.scene().percent());
                json.writeBooleanProperty("timeWait", cell.scene().timeWait());
                json.writeStringProperty("way", cell.way().name());
                json.writeNumberProperty("medianMicros", cell.median());
                json.writeNumberProperty("lowestMedianMicros", cell.lowestMedian());
                json.writeNumberProperty("highestMedianMicros", cell.highestMedian());
                json.writeNumberProperty("p99Micros", cell.p99());
                json.writeNumberProperty("connects", cell.connects());
                json.writeNumberProperty("failed", cell.failed());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("ratios");
            for (Ratio ratio : ratios()) {
                json.writeStartObject();
                json.writeStringProperty("ratio", ratio.text());
                json.writeNumberProperty("measured", ratio.measured());
                json.writeNumberProperty("required", ratio.required());
                json.writeNumberProperty("stretch", ratio.stretch());
                json.writeBooleanProperty("met", ratio.met());
                json.writeBooleanProperty("stretched", ratio.stretched());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberProperty("failedWhileFree", failedWhileFree());
            json.writeEndObject();
        }
        return out.append('\n').toString();
    }
}
