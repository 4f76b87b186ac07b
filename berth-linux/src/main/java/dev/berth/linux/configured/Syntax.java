package dev.berth.linux.configured;

import java.util.List;

/** How a configuration file is written. What a syntax does not understand, it passes over. */
@FunctionalInterface
interface Syntax {
    /** What {@code text}, the content of {@code file}, says, in its order. */
    List<Statement> statements(String file, String text);
}
