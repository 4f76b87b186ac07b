package dev.berth.lab.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two medians of one run, and what the budget wants of them.
 *
 * @param lowest of the rounds by themselves; so is {@code highest}
 * @param atMost whether {@code required} and {@code stretch} are upper bounds, else lower ones
 */
record Ratio(
        String text, double measured, double lowest, double highest, double required, double stretch, boolean atMost) {
    private static final double CLIFF_ESTABLISHED = 20;
    private static final double CLIFF_TIME_WAIT = 50;
    private static final double STRETCH = 1.5; // of either

    static List<Ratio> of(List<Cell> cells) {
        var ratios = new ArrayList<Ratio>();
        for (var scene : List.of(Scene.EMPTY, new Scene(45, false), new Scene(45, true))) {
            ratios.add(of(cells, scene, Way.LIBRARY_SOCKET, Way.PLAIN_SOCKET, 1.1, 1.02, true));
            ratios.add(of(cells, scene, Way.LIBRARY_CHANNEL, Way.PLAIN_CHANNEL, 1.1, 1.02, true));
        }
        for (boolean timeWait : new boolean[] {false, true}) {
            var scene = new Scene(90, timeWait);
            double required = timeWait ? CLIFF_TIME_WAIT : CLIFF_ESTABLISHED;
            ratios.add(of(cells, scene, Way.PLAIN_SOCKET, Way.LIBRARY_SOCKET, required, required * STRETCH, false));
            ratios.add(of(cells, scene, Way.PLAIN_CHANNEL, Way.LIBRARY_CHANNEL, required, required * STRETCH, false));
        }
        for (boolean timeWait : new boolean[] {false, true}) {
            var scene = new Scene(100, timeWait);
            ratios.add(of(cells, scene, Way.LIBRARY_SOCKET, Way.PLAIN_SOCKET, 0.05, 0.005, true));
            ratios.add(of(cells, scene, Way.LIBRARY_CHANNEL, Way.PLAIN_CHANNEL, 0.05, 0.005, true));
        }
        return ratios;
    }

    private static Ratio of(
            List<Cell> cells, Scene scene, Way top, Way bottom, double required, double stretch, boolean atMost) {
        Cell above = cell(cells, scene, top);
        Cell below = cell(cells, scene, bottom);
        double[] byRound = IntStream.range(0, above.medians().size())
                .mapToDouble(round ->
                        (double) above.medians().get(round) / below.medians().get(round))
                .sorted()
                .toArray();
        return new Ratio(
                scene + ": " + top + " ÷ " + bottom,
                above.median() / below.median(),
                byRound[0],
                byRound[byRound.length - 1],
                required,
                stretch,
                atMost);
    }

    private static Cell cell(List<Cell> cells, Scene scene, Way way) {
        return cells.stream()
                .filter(cell -> cell.scene().equals(scene) && cell.way() == way)
                .findFirst()
                .orElseThrow();
    }
}
