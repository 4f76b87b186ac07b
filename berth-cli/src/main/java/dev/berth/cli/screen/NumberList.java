package dev.berth.cli.screen;

import dev.berth.cli.look.CapacityAnswer;
import dev.berth.diagnosis.capacity.Amounts;
import dev.berth.diagnosis.capacity.BusiestSource;
import dev.berth.diagnosis.capacity.Numbers;
import dev.berth.diagnosis.capacity.Origin;
import dev.berth.diagnosis.capacity.Pool;
import dev.berth.diagnosis.capacity.Sourced;

/** The numbers that a capacity rests on, each with where it came from. */
final class NumberList {
    private static final int INDENT = 16;

    private NumberList() {}

    static void print(Page page, CapacityAnswer answer) {
        Numbers numbers = answer.numbers();
        Pool pool = numbers.pool().value();
        int closed = pool.closedInRange();
        String range = pool.range() == null ? "" : ": " + pool.range();
        number(
                page,
                "ports",
                Figures.count(pool.size())
                        + range
                        + (closed == 0 ? "" : " less " + Figures.count(closed) + " " + CapacityScreen.closed(numbers)),
                numbers.pool());
        if (numbers.kept() > 0) {
            page.prose("  kept open", 11, INDENT, kept(numbers));
        }
        String why = numbers.timeWaitWhy();
        number(
                page,
                "time-wait",
                Amounts.seconds(numbers.timeWaitSeconds().value()) + (why == null ? "" : ": " + why),
                numbers.timeWaitSeconds());
        Sourced<Double> hold = numbers.holdSeconds();
        String measured = hold.origin() == Origin.INFERRED ? ": open connections divided by closes a second" : "";
        number(page, "hold", Amounts.seconds(hold.value()) + measured, hold);
        number(page, "sources", Figures.count(numbers.sources().value()) + split(numbers), numbers.sources());
        String to = answer.to() == null ? "" : ": " + answer.to();
        number(page, "destinations", Figures.count(numbers.destinations().value()) + to, numbers.destinations());
        number(page, "retries", Amounts.number(numbers.retries().value()) + " a call", numbers.retries());
    }

    private static String kept(Numbers numbers) {
        return Figures.count(numbers.kept())
                + (numbers.holdSeconds().origin() == Origin.ASKED
                        ? " connections: calls of that length do not explain them, so they are taken to stay"
                        : " connections: more than were closed in the last minute, so they are taken to stay")
                + " (" + origin(Origin.INFERRED) + ")";
    }

    private static String split(Numbers numbers) {
        BusiestSource busiest = numbers.busiest();
        boolean one = numbers.sources().value() == 1;
        if (busiest == null || numbers.splitIsAssumed()) {
            return one ? "" : ", taken to share the calls evenly";
        }
        Double share = busiest.share();
        if (one) {
            return ": " + busiest.address();
        }
        return share == null
                ? ": nothing shows how they share the calls, so all are taken to come from " + busiest.address()
                : ": " + busiest.address() + " makes " + Figures.decimal(100 * share)
                        + "% of the calls, and its ports run out first";
    }

    private static void number(Page page, String name, String value, Sourced<?> from) {
        page.prose("  " + name, 2 + name.length(), INDENT, value + " (" + origin(from.origin()) + ")");
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case ASKED -> "asked";
            case PROFILE -> "profile";
            case HOST -> "this host";
            case INFERRED -> "inferred";
            case ASSUMED -> "assumed";
        };
    }
}
