package dev.berth.remedy.render;

import java.util.List;

/**
 * A policy in one format.
 *
 * @param text the whole file, its last line ended
 * @param warnings what whoever uses it must know, each a sentence or two; shown beside the text and not part of it
 */
public record Rendered(String text, List<String> warnings) {
    public Rendered {
        warnings = List.copyOf(warnings);
    }
}
