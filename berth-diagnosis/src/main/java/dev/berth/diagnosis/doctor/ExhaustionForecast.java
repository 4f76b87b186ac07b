package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.forecast.Forecast;
import dev.berth.diagnosis.forecast.Span;
import dev.berth.net.PortSet;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * At the current rate the local ports for one destination run out soon.
 *
 * @param when no port will be left
 * @param expectedSeconds the same, at the rate as it was counted
 * @param listened ports with a listener
 */
record ExhaustionForecast(
        Destination destination, Forecast forecast, Span when, double expectedSeconds, PortSet listened)
        implements Finding {
    private static final double SOON_SECONDS = 600; // who leaks that slowly has time to look again
    private static final double AT_ONCE_SECONDS = 30; // nobody corrects a program in that time

    private static final double A_SECOND = 1;

    static void find(Examined host, Consumer<Finding> found) {
        for (Destination destination : host.destinations()) {
            Forecast forecast = destination.forecast();
            Span when = forecast == null ? null : forecast.exhaustion();
            Double expected = when == null ? null : when.expected();
            if (forecast != null
                    && when != null
                    && expected != null
                    && expected <= SOON_SECONDS
                    && !Exhaustion.exhausted(destination)) {
                found.accept(new ExhaustionForecast(destination, forecast, when, expected, host.listened()));
            }
        }
    }

    @Override
    public String id() {
        return "exhaustion-forecast";
    }

    @Override
    public Severity severity() {
        boolean certain = when.high() != null;
        return certain && expectedSeconds <= AT_ONCE_SECONDS ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public String title() {
        return "From %s to %s the local ports run out in %s"
                .formatted(
                        destination.source(),
                        destination.destination(),
                        forecast.slowsDown() ? Words.orLater(when) : "about " + Words.inAbout(expectedSeconds, when));
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<>(destination.evidence());
        boolean grows = destination.measured() != null
                && destination.measured().growth().perSecond() > 0;
        lines.add(
                grows
                        ? "Connections are opened faster than they end, and each keeps its port."
                        : String.format(
                                Locale.ROOT,
                                "At this rate %.0f ports would be in use in the end, and there are %d: a closed connection keeps its port for %s.",
                                forecast.steadyState(),
                                destination.capacity(),
                                destination.takesOver() ? "a moment" : "60 s and up to 2 s more"));
        Double sustainable = forecast.sustainablePerSecond();
        if (sustainable != null) {
            int kept = destination.turnover().kept();
            lines.add("These ports last for %s connections per second, %s."
                    .formatted(
                            Words.sustained(sustainable),
                            kept == 0 ? "each open as long as now" : "if the " + kept + " that are open stay open"));
        }
        Double cliff = forecast.secondsToCliff();
        if (cliff != null && (cliff >= A_SECOND || forecast.slowsDown()) && cliff < expectedSeconds) {
            lines.add(String.format(
                    Locale.ROOT,
                    "In about %.0f s the half that is tried first is used up, and each connect then scans it in vain%s.",
                    Math.max(A_SECOND, cliff),
                    forecast.slowsDown()
                            ? ": one thread alone does not keep this rate up then, and the ports last longer"
                            : ""));
        }
        return List.copyOf(lines);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return MoreConnections.ladder(settings, listened, false, Exhaustion.takeOverWouldHelp(destination));
    }
}
