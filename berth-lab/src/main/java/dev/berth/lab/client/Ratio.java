package dev.berth.lab.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Two medians of one run, and what the budget wants of them.
 *
 * @param atMost whether {@code required} and {@code stretch} are upper bounds, else lower ones
 */
record Ratio(String text, double measured, boolean atMost, double required, double stretch) {
    private static final double CLIFF_ESTABLISHED = 20;
    private static final double CLIFF_TIME_WAIT = 50;
    private static final double STRETCH = 1.5; // of either

    static List<Ratio> of(List<Cell> cells) {
        var ratios = new ArrayList<Ratio>();
        for (var scene : List.of(Scene.EMPTY, new Scene(45, false), new Scene(45, true))) {
            ratios.add(libraryToPlain(cells, scene, Way.LIBRARY_SOCKET, Way.PLAIN_SOCKET, 1.1, 1.02));
            ratios.add(libraryToPlain(cells, scene, Way.LIBRARY_CHANNEL, Way.PLAIN_CHANNEL, 1.1, 1.02));
        }
        for (boolean timeWait : new boolean[] {false, true}) {
            var scene = new Scene(90, timeWait);
            ratios.add(plainToLibrary(cells, scene, Way.PLAIN_SOCKET, Way.LIBRARY_SOCKET));
            ratios.add(plainToLibrary(cells, scene, Way.PLAIN_CHANNEL, Way.LIBRARY_CHANNEL));
        }
        for (boolean timeWait : new boolean[] {false, true}) {
            var scene = new Scene(100, timeWait);
            ratios.add(libraryToPlain(cells, scene, Way.LIBRARY_SOCKET, Way.PLAIN_SOCKET, 0.05, 0.005));
            ratios.add(libraryToPlain(cells, scene, Way.LIBRARY_CHANNEL, Way.PLAIN_CHANNEL, 0.05, 0.005));
        }
        return ratios;
    }

    private static Ratio libraryToPlain(
            List<Cell> cells, Scene scene, Way library, Way plain, double required, double stretch) {
        return new Ratio(
                text(scene, library, plain),
                median(cells, scene, library) / median(cells, scene, plain),
                true,
                required,
                stretch);
    }

    private static Ratio plainToLibrary(List<Cell> cells, Scene scene, Way plain, Way library) {
        double required = scene.timeWait() ? CLIFF_TIME_WAIT : CLIFF_ESTABLISHED;
        return new Ratio(
                text(scene, plain, library),
                median(cells, scene, plain) / median(cells, scene, library),
                false,
                required,
                required * STRETCH);
    }

    private static String text(Scene scene, Way top, Way bottom) {
        return scene + ": " + top + " ÷ " + bottom;
    }

    private static double median(List<Cell> cells, Scene scene, Way way) {
        return cells.stream()
                .filter(cell -> cell.scene().equals(scene) && cell.way() == way)
                .findFirst()
                .orElseThrow()
                .median();
    }

    boolean met() {
        return atMost ? measured <= required : measured >= required;
    }

    boolean stretched() {
        return atMost ? measured <= stretch : measured >= stretch;
    }
}
