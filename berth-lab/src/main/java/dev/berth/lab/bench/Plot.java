package dev.berth.lab.bench;

import dev.berth.lab.plot.Axis;
import dev.berth.lab.plot.LinePlot;
import dev.berth.lab.plot.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the wall time of commands grows with the sockets, drawn from the scenes that differ in nothing else.
 *
 * @param file its name
 */
record Plot(String file, String title, List<String> commands) {
    private static final String SCENES = "established-";
    private static final List<Plot> ALL = List.of(
            new Plot(
                    "with-owners.svg",
                    "All TCP sockets with their processes",
                    List.of("berth list", "ss -tanp", "lsof -nPiTCP", "netstat -tanp", Tools.OSHI, Tools.PSUTIL)),
            new Plot(
                    "without-owners.svg",
                    "All TCP sockets without their processes",
                    List.of("berth doctor --no-owners", "berth list --no-owners", "ss -tan", "floor")),
            new Plot(
                    "one-port.svg",
                    "Who has one port",
                    List.of("berth who 905", "ss -tlnp", "lsof -nPiTCP:905 -sTCP:LISTEN", "fuser 905/tcp")));

    /** Those that there is something to draw for, as SVG. */
    static Map<Plot, String> of(BenchResult result) {
        List<SceneResult.Commands> scenes = result.scenes().stream()
                .filter(SceneResult.Commands.class::isInstance)
                .map(SceneResult.Commands.class::cast)
                .filter(scene -> scene.name().startsWith(SCENES))
                .toList();
        var plots = new LinkedHashMap<Plot, String>();
        if (scenes.size() > 1 && !result.quick()) {
            for (Plot plot : ALL) {
                plot.draw(result, scenes).ifPresent(svg -> plots.put(plot, svg));
            }
        }
        return plots;
    }

    /** What it shows, for those who do not see it. */
    String inWords() {
        return title + ": wall time against the number of sockets, of " + String.join(", ", commands)
                + "; the numbers are in the tables above";
    }

    private Optional<String> draw(BenchResult result, List<SceneResult.Commands> scenes) {
        var lines = new ArrayList<dev.berth.lab.plot.Series>();
        for (String command : commands) {
            List<Point> points = scenes.stream()
                    .flatMap(scene -> scene.series().stream()
                            .filter(one -> one.contender().name().equals(command))
                            .map(one -> point(scene.sockets(), one.wallMillis())))
                    .toList();
            if (!points.isEmpty()) {
                lines.add(new dev.berth.lab.plot.Series(command, points));
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String note = "Linux %s, %s processors; medians of up to %d rounds, with the fastest and the slowest"
                .formatted(result.versions().get("linux"), result.versions().get("processors"), result.rounds());
        double[] sockets =
                scenes.stream().mapToDouble(SceneResult.Commands::sockets).toArray();
        return Optional.of(
                new LinePlot(title, note, Axis.log("established sockets").at(sockets), Axis.log("wall time, ms"), lines)
                        .svg());
    }

    private static Point point(int sockets, Spread millis) {
        return new Point(sockets, millis.min(), millis.median(), millis.max());
    }
}
