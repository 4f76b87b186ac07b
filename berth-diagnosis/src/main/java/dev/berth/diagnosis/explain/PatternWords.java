package dev.berth.diagnosis.explain;

/** The words of the data files. */
final class PatternWords {
    private PatternWords() {}

    static Refusal refusal(String word) {
        return switch (word) {
            case "in-use" -> Refusal.ADDRESS_IN_USE;
            case "not-available" -> Refusal.ADDRESS_NOT_AVAILABLE;
            case "denied" -> Refusal.ACCESS_DENIED;
            case "no-buffers" -> Refusal.NO_BUFFER_SPACE;
            default ->
                throw new IllegalArgumentException("'" + word + "': want in-use, not-available, denied or no-buffers");
        };
    }

    static Operation operation(String word) {
        for (Operation operation : Operation.values()) {
            if (operation.label().equals(word)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("'" + word + "': want bind, listen, connect or unknown");
    }

    static Clue.Joins joins(String word) {
        for (Clue.Joins joins : Clue.Joins.values()) {
            if (joins.label().equals(word)) {
                return joins;
            }
        }
        throw new IllegalArgumentException("'" + word + "': want alone, above or below");
    }

    static LoggedSystem system(String word) {
        for (LoggedSystem system : LoggedSystem.values()) {
            if (system.label().equals(word)) {
                return system;
            }
        }
        throw new IllegalArgumentException("'" + word + "': want linux, windows or bsd");
    }
}
