package dev.berth.cli.screen;

import dev.berth.cli.look.Chart;
import dev.berth.diagnosis.map.PortKind;
import dev.berth.diagnosis.map.PortMap;
import dev.berth.platform.Gap;
import java.util.List;

/** The answer of {@code berth map}: sixteen rows of blocks at most, and a legend that counts ports. */
public final class MapScreen {
    private static final int LABEL = 7; // five digits and two blanks
    private static final int NAMES = 21;
    private static final int COUNTS = 6; // 65,535
    private static final int SAMPLE = 5; // three characters and two blanks
    private static final int ENTRY = 2 + SAMPLE + NAMES + COUNTS;
    private static final int HALF_PAGE = ENTRY + 4;

    private final Page page;
    private final Chart chart;
    private final PortMap map;
    private final Scale scale;

    private MapScreen(Page page, Chart chart) {
        this.page = page;
        this.chart = chart;
        this.map = chart.map();
        int columns = page.columns();
        this.scale = Scale.of(map.range(), columns == Page.UNLIMITED ? columns : columns - LABEL);
    }

    public static void print(Page page, Chart chart) {
        page.prose(0, Escaped.text(chart.subject() + " at " + chart.occasion()));
        var screen = new MapScreen(page, chart);
        screen.rows();
        page.blank();
        screen.legend();
        screen.key();
        page.gaps(chart.gaps());
    }

    /** Says where the map went instead. */
    public static void written(Page page, List<String> files, List<Gap> gaps) {
        page.note("wrote the map into " + String.join(" and ", files));
        page.gaps(gaps);
    }

    private void rows() {
        int row = scale.characters() * scale.ports();
        for (int first = scale.start(); first <= map.range().last(); first += row) {
            String label = Integer.toString(first);
            page.pad(LABEL - 2 - label.length());
            page.text().append(page.ink().dim(label));
            page.pad(2);
            row(first, Math.min(first + row - 1, map.range().last()));
            page.blank();
        }
    }

    private void row(int first, int last) {
        var run = new StringBuilder();
        PortKind kind = null;
        for (int start = first; start <= last; start += scale.ports()) {
            int from = Math.max(start, map.range().first());
            int to = Math.min(start + scale.ports() - 1, last);
            Block block = Block.of(map, from, to);
            if (kind != null && block.kind() != kind) {
                page.text().append(Mark.painted(page.ink(), kind, run.toString()));
                run.setLength(0);
            }
            kind = block.kind();
            run.append(Mark.of(page.ink(), block, to - from + 1));
        }
        if (kind != null) {
            page.text().append(Mark.painted(page.ink(), kind, run.toString()));
        }
    }

    /** What is taken to the left, what is not to the right; one below the other where there is no room. */
    private void legend() {
        boolean beside = page.columns() >= 2 * HALF_PAGE;
        List<PortKind> taken = List.of(PortKind.LISTENING, PortKind.BOUND_ONLY, PortKind.IN_USE, PortKind.TIME_WAIT);
        List<PortKind> others = List.of(PortKind.RESERVED, PortKind.EXCLUDED, PortKind.DYNAMIC, PortKind.FREE);
        if (page.columns() < ENTRY) {
            taken.forEach(this::foldedEntry);
            others.forEach(this::foldedEntry);
            return;
        }
        for (int i = 0; i < taken.size(); i++) {
            entry(taken.get(i));
            if (beside) {
                page.pad(4);
                entry(others.get(i));
            }
            page.blank();
        }
        if (!beside) {
            for (PortKind kind : others) {
                entry(kind);
                page.blank();
            }
        }
    }

    private void entry(PortKind kind) {
        String sample = Mark.sample(page.ink(), kind);
        String count = Figures.count(map.count(kind));
        page.text().append("  ").append(Mark.painted(page.ink(), kind, sample));
        page.pad(SAMPLE - sample.length());
        String words = chart.words(kind);
        page.text().append(words);
        page.pad(NAMES + COUNTS - words.length() - count.length());
        page.text().append(count);
    }

    /** Where there is no room for a column of numbers. */
    private void foldedEntry(PortKind kind) {
        String sample = Mark.sample(page.ink(), kind);
        page.prose(
                "  " + Mark.painted(page.ink(), kind, sample),
                2 + sample.length(),
                2 + SAMPLE,
                chart.words(kind) + " " + Figures.count(map.count(kind)));
    }

    private void key() {
        String size = scale.ports() == 1 ? "One port a character." : scale.ports() + " ports a character" + shades();
        page.prose(2, size);
    }

    private String shades() {
        return page.ink() == Ink.PLAIN
                ? "; a capital letter where half of them or more are taken."
                : ": L where one listens, else ░▒▓█ for how many are taken.";
    }
}
