package dev.berth.cli.screen;

import dev.berth.cli.look.CapacityAnswer;
import dev.berth.diagnosis.capacity.Amounts;
import dev.berth.diagnosis.capacity.BusiestSource;
import dev.berth.diagnosis.capacity.Load;
import dev.berth.diagnosis.capacity.Numbers;
import dev.berth.diagnosis.capacity.Origin;
import dev.berth.diagnosis.capacity.Remedies;
import dev.berth.diagnosis.capacity.Traffic;
import java.util.List;

/** The answer of {@code berth capacity}: the rate, the numbers it rests on, occupancy against rate, and what carries more. */
public final class CapacityScreen {
    private static final int CELLS = 12;

    private CapacityScreen() {}

    public static void print(Page page, CapacityAnswer answer) {
        Load load = answer.numbers().load();
        Double wished = answer.callsPerSecond();
        if (wished != null) {
            page.prose(0, verdict(page.ink(), answer.numbers(), wished));
        }
        page.prose(0, limit(page.ink(), answer, load));
        page.blank();
        NumberList.print(page, answer);
        if (load.pool().size() > 0) {
            page.blank();
            boolean anySystem = answer.numbers().timeWaitSeconds().origin() == Origin.ASKED;
            OccupancyTable.print(page, load, wished, anySystem ? "on Linux connects get slow" : "connects get slow");
        }
        if (wished != null && !answer.fits()) {
            remedies(page, answer.numbers().remedies(wished), wished);
        }
        if (answer.busiest() != null) {
            page.blank();
            busiest(page, answer.busiest());
        }
        page.gaps(answer.gaps());
    }

    private static String verdict(Ink ink, Numbers numbers, double wished) {
        Load load = numbers.load();
        String calls = "A rate of " + Amounts.number(wished) + (wished == 1 ? " call" : " calls") + " a second ";
        String ports = Figures.count(load.pool().size());
        String needed = Figures.count(load.neededPorts(wished), "port", "ports");
        if (!load.fits(wished)) {
            return ink.red(calls + "does not fit:") + " it takes " + needed + pair(numbers) + ", and there are " + ports
                    + kept(load) + ".";
        }
        String taken = " it takes " + needed + " of " + ports + pair(numbers) + kept(load);
        return load.pastCliff(wished)
                ? ink.yellow(calls + "fits, slowly:") + taken + ", more than the "
                        + Figures.count(load.pool().triedFirst())
                        + (load.pool().kept() == 0 ? "" : " left of those")
                        + " that Linux tries first, so every connect scans those in vain."
                : ink.green(calls + "fits:") + taken + ".";
    }

    private static String limit(Ink ink, CapacityAnswer answer, Load load) {
        long destinations = answer.numbers().destinations().value();
        String to = answer.to() != null
                ? " to " + answer.to()
                : destinations == 1
                        ? " to one destination"
                        : " to " + Figures.count(destinations) + " destinations"
                                + (answer.numbers().shared() ? "" : " together");
        int ports = load.pool().size();
        if (ports == 0) {
            return ink.red("No call" + to + " finds a port:") + " "
                    + (load.pool().kept() == 0
                            ? "every port of the range is " + closed(answer.numbers()) + "."
                            : "every port is " + closed(answer.numbers())
                                    + ", or a connection that stays open has it.");
        }
        double rate = load.sustainableCallsPerSecond();
        String about = rate < 0.01 ? "Less than 0.01" : "About " + Figures.atLeast(rate);
        return ink.bold(about + " calls a second" + to)
                + " use up every port: " + Figures.count(ports, "port", "ports") + pair(answer.numbers()) + kept(load)
                + (load.retries() == 0
                        ? ", each taken for " + Amounts.seconds(load.secondsEach())
                        : ", " + Amounts.number(load.connectionsPerCall()) + " connections a call, each taking one for "
                                + Amounts.seconds(load.secondsEach()))
                + ".";
    }

    /** What the ports are that automatic choice passes over. */
    static String closed(Numbers numbers) {
        return numbers.linux() ? "reserved or held" : "excluded or held";
    }

    private static String pair(Numbers numbers) {
        if (!numbers.shared()) {
            return "";
        }
        long sources = numbers.sources().value();
        long destinations = numbers.destinations().value();
        BusiestSource busiest = numbers.busiest();
        String from = sources == 1
                ? ""
                : busiest == null || numbers.splitIsAssumed()
                        ? " of each of " + Figures.count(sources) + " sources"
                        : " of " + busiest.address();
        return from + (destinations == 1 ? "" : " towards each of " + Figures.count(destinations) + " destinations");
    }

    private static String kept(Load load) {
        int kept = load.pool().kept();
        return kept == 0 ? "" : " beside the " + Figures.count(kept) + " that stay open";
    }

    private static void remedies(Page page, List<Remedies.Offer> offers, double wished) {
        page.blank().line(page.ink().bold("What reaches " + Amounts.number(wished) + " a second, safest first"));
        int number = 1;
        for (Remedies.Offer offer : offers) {
            String label = "  " + number;
            page.prose(
                    label,
                    label.length(),
                    4,
                    offer.remedy().summary() + " (" + reaches(page.ink(), offer) + "; "
                            + offer.remedy().risk().label() + " risk)");
            number++;
        }
    }

    private static String reaches(Ink ink, Remedies.Offer offer) {
        Double longest = offer.ifCallsLastLessThan();
        if (longest != null) {
            return "enough if a call lasts less than " + Amounts.seconds(longest);
        }
        return (Boolean.TRUE.equals(offer.reaches()) ? ink.green("enough") : "not enough alone") + ", about "
                + Figures.atLeast(offer.sustainableCallsPerSecond()) + " a second";
    }

    private static void busiest(Page page, List<Traffic> busiest) {
        if (busiest.isEmpty()) {
            page.line("No connection on a port that the system chose is open or in TIME_WAIT.");
            return;
        }
        page.line(page.ink().bold("Busiest destinations"));
        var grid = new Grid("TO", "FROM", ">CLOSES/S", ">HOLD", ">AT MOST/S", ">SHARE", "OF THAT RATE");
        for (Traffic one : busiest) {
            Double share = one.sharePercent();
            grid.row(
                    one.destination().toString(),
                    one.source().toString(),
                    one.closesPerSecond() == null ? "?" : Figures.decimal(one.closesPerSecond()),
                    one.holdSeconds() == null ? "?" : Amounts.seconds(one.holdSeconds()),
                    Figures.atLeast(one.sustainableConnectionsPerSecond()),
                    share == null ? "?" : Figures.decimal(share) + "%",
                    share == null ? "" : Bar.of(share, CELLS));
        }
        grid.print(page, 2);
    }
}
