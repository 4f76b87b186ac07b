package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.net.PortRange;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.function.Consumer;

/** The ends of the dynamic range have the same parity: Linux shares it out unevenly, and says so in its log. */
record RangeEndsSameParity(PortRange range) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        PortRange range = host.tcp().dynamic();
        if (range != null && (range.first() & 1) == (range.last() & 1)) {
            found.accept(new RangeEndsSameParity(range));
        }
    }

    @Override
    public String id() {
        return "range-ends-same-parity";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public String title() {
        return "The dynamic range %s has ends of the same parity".formatted(range);
    }

    @Override
    public List<String> evidence() {
        return List.of("Linux shares ports out by parity, and %d to %d has one more of %s ports than of the others."
                .formatted(range.first(), range.last(), (range.first() & 1) == 0 ? "even" : "odd"));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        String id = "even-out-range";
        String summary = "give up the last port until the next restart, so that both halves have the same size";
        return List.of(
                range.size() > 1
                        ? Fix.until(
                                id, summary, Fix.Risk.LOW, new Aim.Draw(new PortRange(range.first(), range.last() - 1)))
                        : new Fix(id, summary, null, Fix.Risk.LOW, false));
    }
}
