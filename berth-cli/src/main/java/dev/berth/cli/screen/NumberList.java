package dev.berth.cli.screen;

import dev.berth.diagnosis.capacity.Amounts;
import dev.berth.diagnosis.capacity.Numbers;
import dev.berth.diagnosis.capacity.Origin;
import dev.berth.diagnosis.capacity.Pool;
import dev.berth.diagnosis.capacity.Sourced;

/** The numbers that a capacity rests on, each with where it came from. */
final class NumberList {
    private static final int INDENT = 16;

    private NumberList() {}

    static void print(Page page, Numbers numbers) {
        Pool pool = numbers.pool().value();
        int closed = pool.closedInRange();
        String range = pool.range() == null ? "" : ": " + pool.range();
        number(
                page,
                "ports",
                Figures.count(pool.size())
                        + range
                        + (closed == 0 ? "" : " less " + Figures.count(closed) + " reserved or held"),
                numbers.pool());
        String why = numbers.timeWaitWhy();
        number(
                page,
                "time-wait",
                Amounts.seconds(numbers.timeWaitSeconds().value()) + (why == null ? "" : ": " + why),
                numbers.timeWaitSeconds());
        Sourced<Double> hold = numbers.holdSeconds();
        String measured = hold.origin() == Origin.HOST ? ": open connections divided by closes a second" : "";
        number(page, "hold", Amounts.seconds(hold.value()) + measured, hold);
        number(page, "sources", Figures.count(numbers.sources().value()), numbers.sources());
        number(page, "destinations", Figures.count(numbers.destinations().value()), numbers.destinations());
        number(page, "retries", Amounts.number(numbers.retries().value()) + " a call", numbers.retries());
    }

    private static void number(Page page, String name, String value, Sourced<?> from) {
        page.prose("  " + name, 2 + name.length(), INDENT, value + " (" + origin(from.origin()) + ")");
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case ASKED -> "asked";
            case HOST -> "this host";
            case ASSUMED -> "assumed";
        };
    }
}
