package dev.berth.remedy.policy;

import dev.berth.diagnosis.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of one mapping, each there at most once and none that nobody reads. */
final class Keys {
    private final Node node;
    private final Faults faults;
    private final Map<String, Node> values = new HashMap<>();

    private Keys(Node node, Faults faults) {
        this.node = node;
        this.faults = faults;
    }

    /**
     * @param what it is, in a few words
     * @return null where it is no mapping, and then that is told
     */
    static @Nullable Keys of(Node node, String what, List<String> known, Faults faults) {
        if (!(node instanceof MappingNode mapping) || !node.getTag().equals(Tag.MAP)) {
            faults.add(
                    node,
                    what + " is not written as keys and values",
                    "it has " + String.join(", ", known),
                    "write it as in docs/policy.md");
            return null;
        }
        var keys = new Keys(node, faults);
        for (NodeTuple tuple : mapping.getValue()) {
            keys.put(tuple, what, known);
        }
        return keys;
    }

    private void put(NodeTuple tuple, String what, List<String> known) {
        Node key = tuple.getKeyNode();
        String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!known.contains(name)) {
            String nearest = Nearest.to(name, known);
            faults.add(
                    key,
                    "unknown key '" + name + "'",
                    what + " has " + String.join(", ", known),
                    nearest == null ? "remove it" : "did you mean " + nearest + "?");
        } else if (values.putIfAbsent(name, tuple.getValueNode()) != null) {
            faults.add(key, "'" + name + "' stands here twice", what + " has it once", "remove one of them");
        }
    }

    @Nullable
    Node get(String key) {
        return values.get(key);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value of a key that must be there; where it is not, that is told. */
    @Nullable
    Node required(String key, String why, String next) {
        Node value = values.get(key);
        if (value == null) {
            faults.add(node, "'" + key + "' is missing", why, next);
        }
        return value;
    }

    /** The elements of the list that the key has; none where it is not there, or no list, and that is told. */
    List<Node> list(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence) || !value.getTag().equals(Tag.SEQ)) {
            faults.add(
                    value,
                    "'" + key + "' is not a list",
                    "each of its lines starts with a dash",
                    "write [] where there is none");
            return List.of();
        }
        return sequence.getValue();
    }
}
