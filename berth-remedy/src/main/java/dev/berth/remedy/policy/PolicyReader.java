package dev.berth.remedy.policy;

import dev.berth.net.Endpoint;
import dev.berth.remedy.policy.Policy.Destination;
import dev.berth.remedy.policy.Policy.DynamicRange;
import dev.berth.remedy.policy.Policy.Service;
import dev.berth.remedy.policy.Policy.TimeWaitReuse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code berth.yaml}: YAML 1.2, and so JSON too. docs/policy.md describes it, docs/policy.schema.json is its schema;
 * what a schema cannot say, such as that no two services want one port, is checked as well.
 */
public final class PolicyReader {
    private static final List<String> KEYS = List.of("services", "dynamicRange", "timeWaitReuse", "destinations");
    private static final List<String> OF_DESTINATION = List.of("to", "peakConnectionsPerSecond", "holdSeconds");
    private static final double MOST_A_SECOND = 1e9;
    private static final double LONGEST_HOLD = 31_536_000; // a year

    private final Faults faults = new Faults();
    private final Values values = new Values(faults);

    private PolicyReader() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     */
    public static Policy read(Path file) throws PolicyException, IOException {
        String source = file.toString();
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(4 * YamlText.LONGEST + 1); // so many a text of the greatest length has at most
        }
        try {
            return read(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    source);
        } catch (CharacterCodingException e) {
            throw new PolicyException(
                    source, List.of(new Fault(0, 0, "not a text", "it is not in UTF-8", "save it in UTF-8")));
        }
    }

    /**
     * Reads a text.
     *
     * @param source what to call it where it is at fault
     */
    public static Policy read(String text, String source) throws PolicyException {
        Optional<Node> root = YamlText.compose(text, source);
        if (root.isEmpty()) {
            throw new PolicyException(
                    source,
                    List.of(new Fault(0, 0, "the file is empty", "a policy says something", "berth policy init")));
        }
        var reader = new PolicyReader();
        Policy policy = reader.policy(root.get());
        if (policy == null || !reader.faults.none()) {
            throw new PolicyException(source, reader.faults.inOrder());
        }
        return policy;
    }

    private @Nullable Policy policy(Node root) {
        Keys keys = Keys.of(root, "a policy", KEYS, faults);
        if (keys == null) {
            return null;
        }
        if (keys.isEmpty() && faults.none()) {
            faults.add(root, "the policy says nothing", "it has " + String.join(", ", KEYS), "berth policy init");
        }
        List<Service> services = new ServiceList(values, faults).read(keys.list("services"));
        Node range = keys.get("dynamicRange");
        Node reuse = keys.get("timeWaitReuse");
        return new Policy(
                services,
                range == null ? DynamicRange.UNSAID : new RangeRules(values, faults, services).read(range),
                reuse == null ? null : reuse(reuse),
                destinations(keys.list("destinations")));
    }

    private @Nullable TimeWaitReuse reuse(Node node) {
        TimeWaitReuse[] all = TimeWaitReuse.values();
        String label = values.choice(
                node,
                "way to reuse TIME_WAIT",
                Arrays.stream(all).map(TimeWaitReuse::label).toList());
        return Arrays.stream(all)
                .filter(reuse -> reuse.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    private List<Destination> destinations(List<Node> nodes) {
        var destinations = new ArrayList<Destination>();
        Set<Endpoint> known = new HashSet<>();
        for (Node node : nodes) {
            Destination destination = destination(node);
            if (destination != null && !known.add(destination.to())) {
                faults.add(
                        node,
                        destination.to() + " is a destination twice",
                        "its peak is the sum of all that connects to it",
                        "keep one, with that sum");
            } else if (destination != null) {
                destinations.add(destination);
            }
        }
        return destinations;
    }

    private @Nullable Destination destination(Node node) {
        Keys keys = Keys.of(node, "a destination", OF_DESTINATION, faults);
        if (keys == null) {
            return null;
        }
        Node toNode = keys.required("to", "a destination says where to", "add to: \"10.1.2.3:443\"");
        Node peakNode = keys.required(
                "peakConnectionsPerSecond",
                "a destination says how many connections a second are opened at most",
                "add peakConnectionsPerSecond: 400");
        Node holdNode = keys.get("holdSeconds");
        Endpoint to = toNode == null ? null : values.destination(toNode);
        Double peak = peakNode == null
                ? null
                : values.number(peakNode, "number of connections a second", false, MOST_A_SECOND);
        Double hold = holdNode == null ? Double.valueOf(0) : values.number(holdNode, "time", true, LONGEST_HOLD);
        return to == null || peak == null || hold == null ? null : new Destination(to, peak, hold);
    }
}
