package dev.berth.lab.client;

import java.io.StringWriter;
import java.util.Formatter;
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
        var text = new Formatter(Locale.ROOT);
        text.format(
                "%,d ports for the kernel, and as many for the library; %d rounds (four times as many below 50 %% taken); Linux %s, %d processors, Java %s%n",
                ports,
                rounds,
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        text.format("Microseconds of one connect, socket included; at 100 %% of one that fails.%n%n");
        text.format(
                "| ports taken | way | median of the rounds' medians [lowest, highest] | p99 | connects | failed |%n");
        text.format("|---|---|---|---|---|---|%n");
        for (Cell cell : cells) {
            text.format(
                    "| %s | %s | %.1f [%.1f, %.1f] | %.1f | %,d | %,d |%n",
                    cell.scene(),
                    cell.way(),
                    cell.median(),
                    cell.lowestMedian(),
                    cell.highestMedian(),
                    cell.p99(),
                    cell.connects(),
                    cell.failed());
        }
        text.format("%n| ratio of medians | measured | required | stretch |%n");
        text.format("|---|---|---|---|%n");
        for (Ratio ratio : ratios()) {
            String sign = ratio.atMost() ? "≤" : "≥";
            text.format(
                    "| %s | %s%s | %s %s | %s %s |%n",
                    ratio.text(),
                    measured(ratio.measured()),
                    ratio.met() ? "" : ", *missed*",
                    sign,
                    number(ratio.required()),
                    sign,
                    number(ratio.stretch()));
        }
        text.format("%nThe library's connects that failed while a port was free: %d%n", failedWhileFree());
        return text.toString();
    }

    /** One digit more than a bound has, so that a miss by a little does not look like none. */
    private static String measured(double value) {
        return value < 0.1 || value >= 10 ? number(value) : String.format(Locale.ROOT, "%.3f", value);
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
