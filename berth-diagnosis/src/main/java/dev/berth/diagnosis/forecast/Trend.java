package dev.berth.diagnosis.forecast;

/** Where a rate is heading, as far as the last minute shows. */
public enum Trend {
    RISING("rising"),
    STEADY("steady"),
    FALLING("falling");

    private final String label;

    Trend(String label) {
        this.label = label;
    }

    /** The word for it, in sentences and in JSON. */
    public String label() {
        return label;
    }
}
