package dev.berth.lab.bench;

/** Two commands, by name, of which the first is measured by the second. */
record Pair(String top, String bottom) {
    @Override
    public String toString() {
        return top + " ÷ " + bottom;
    }
}
