package dev.berth.remedy.plan;

import dev.berth.platform.NetworkNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Changes to the settings of one host, in one network namespace, in the order in which they are made.
 *
 * @param steps none where everything is as it is wanted already
 * @param notes what whoever reads it should know beside the steps, each a sentence
 */
public record Plan(NetworkNamespace netns, List<Step> steps, List<String> notes) {
    public Plan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** The same, with one more note. */
    public Plan noting(String sentence) {
        var more = new ArrayList<>(notes);
        more.add(sentence);
        return new Plan(netns, steps, more);
    }

    /** What is so once it is carried out: of a service that is stopped and started only the start. */
    public List<Step> ends() {
        var last = new LinkedHashMap<List<?>, Step>();
        steps.forEach(step -> last.put(List.of(step.setting(), step.place()), step));
        return List.copyOf(last.values());
    }
}
