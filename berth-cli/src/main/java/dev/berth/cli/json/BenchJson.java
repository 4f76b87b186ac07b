package dev.berth.cli.json;

import dev.berth.lab.bench.BenchResult;
import dev.berth.lab.bench.Comparison;
import dev.berth.lab.bench.ConnectCell;
import dev.berth.lab.bench.SceneResult;
import dev.berth.lab.bench.Series;
import dev.berth.lab.bench.Skipped;
import dev.berth.lab.bench.Spread;
import dev.berth.platform.Gap;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** {@code berth.lab-bench/1}. */
public final class BenchJson {
    private final JsonGenerator json;

    private BenchJson(JsonGenerator json) {
        this.json = json;
    }

    public static void write(OutputStream out, BenchResult result) {
        try (var document = new Document(out, "lab-bench")) {
            new BenchJson(document.json()).result(result);
            document.end(gaps(result));
        }
    }

    private static List<Gap> gaps(BenchResult result) {
        Stream<Gap> skipped = result.scenes().stream()
                .filter(SceneResult.Commands.class::isInstance)
                .map(SceneResult.Commands.class::cast)
                .flatMap(scene -> scene.skipped().stream().map(one -> gap(scene, one)));
        Stream<Gap> unchecked =
                result.unchecked().map(one -> new Gap("the budget of " + one.scene() + ": " + one.what(), one.why()));
        Stream<Gap> failed = result.failed().stream().map(one -> new Gap(one.name(), one.why()));
        return Stream.of(failed, skipped, unchecked)
                .flatMap(Function.identity())
                .toList();
    }

    private static Gap gap(SceneResult scene, Skipped skipped) {
        return new Gap(skipped.name() + " in " + scene.name(), skipped.why());
    }

    private void result(BenchResult result) {
        json.writeNumberProperty("rounds", result.rounds());
        json.writeBooleanProperty("quick", result.quick());
        json.writeNumberProperty("runs", result.runs());
        json.writeNumberProperty("repeatedRuns", result.repeated());
        json.writeNumberProperty("disturbedRuns", result.disturbed());
        json.writeObjectPropertyStart("versions");
        result.versions().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeArrayPropertyStart("scenes");
        result.scenes().forEach(this::scene);
        json.writeEndArray();
    }

    private void scene(SceneResult scene) {
        json.writeStartObject();
        json.writeStringProperty("name", scene.name());
        json.writeStringProperty("title", scene.title());
        switch (scene) {
            case SceneResult.Commands commands -> {
                json.writeNumberProperty("sockets", commands.sockets());
                json.writeArrayPropertyStart("commands");
                commands.series().forEach(this::series);
                json.writeEndArray();
            }
            case SceneResult.Connects connects -> {
                json.writeNumberProperty("ports", connects.ports());
                json.writeArrayPropertyStart("connects");
                connects.cells().forEach(this::cell);
                json.writeEndArray();
            }
        }
        json.writeArrayPropertyStart("comparisons");
        scene.comparisons().forEach(this::comparison);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void series(Series series) {
        json.writeStartObject();
        json.writeStringProperty("command", series.contender().name());
        json.writeStringProperty("kind", label(series.contender().kind()));
        spread("wallMillis", series.wallMillis());
        spread("cpuMillis", series.cpuMillis());
        spread("peakMebibytes", series.peakMebibytes());
        json.writeNumberProperty("runs", series.runs());
        json.writeNumberProperty("repeatedRuns", series.repeated());
        json.writeNumberProperty("disturbedRuns", series.disturbed());
        json.writeEndObject();
    }

    private void cell(ConnectCell cell) {
        json.writeStartObject();
        json.writeStringProperty("fill", cell.fill());
        json.writeStringProperty("way", cell.way());
        spread("micros", cell.micros());
        json.writeNumberProperty("p99Micros", cell.p99Micros());
        json.writeNumberProperty("connects", cell.connects());
        json.writeNumberProperty("failed", cell.failed());
        json.writeEndObject();
    }

    private void spread(String name, Spread spread) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("median", spread.median());
        json.writeNumberProperty("min", spread.min());
        json.writeNumberProperty("max", spread.max());
        json.writeEndObject();
    }

    private void comparison(Comparison comparison) {
        json.writeStartObject();
        json.writeStringProperty("what", comparison.what());
        json.writeStringProperty("unit", label(comparison.unit()));
        json.writeNumberProperty("measured", comparison.measured());
        json.writeNumberProperty("min", comparison.min());
        json.writeNumberProperty("max", comparison.max());
        if (comparison.budget() != null) {
            json.writeObjectPropertyStart("budget");
            json.writeNumberProperty("required", comparison.budget().required());
            json.writeNumberProperty("stretch", comparison.budget().stretch());
            json.writeBooleanProperty("atMost", comparison.budget().atMost());
            json.writeStringProperty("verdict", label(comparison.verdict()));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** {@code missedByNoise}, of MISSED_BY_NOISE. */
    private static String label(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        var label = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            label.append(Character.toUpperCase(words[i].charAt(0))).append(words[i], 1, words[i].length());
        }
        return label.toString();
    }
}
