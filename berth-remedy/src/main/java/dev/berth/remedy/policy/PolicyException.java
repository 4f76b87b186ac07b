package dev.berth.remedy.policy;

import java.util.List;

/** A text is no policy; every mistake in it is named. */
public final class PolicyException extends Exception {
    private final String source;
    private final List<Fault> faults;

    /**
     * @param source the file, as the user named it
     * @param faults at least one, in the order of the text
     */
    public PolicyException(String source, List<Fault> faults) {
        super(
                faults.size() == 1
                        ? faults.getFirst().in(source)
                        : "%s has %d mistakes, the first: %s"
                                .formatted(
                                        source, faults.size(), faults.getFirst().in(source)));
        this.source = source;
        this.faults = List.copyOf(faults);
    }

    public String source() {
        return source;
    }

    public List<Fault> faults() {
        return faults;
    }
}
