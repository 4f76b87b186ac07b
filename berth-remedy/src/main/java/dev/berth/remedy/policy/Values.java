package dev.berth.remedy.policy;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads single values. Each gives null where it cannot, and then has told why. */
final class Values {
    private static final Pattern NUMBER = Pattern.compile("\\+?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final String QUOTE = "put it in quotes";

    private final Faults faults;

    Values(Faults faults) {
        this.faults = faults;
    }

    /** A word or a few of them, such as a name. */
    @Nullable
    String word(Node node, String what) {
        String text = text(node, what, QUOTE);
        if (text == null) {
            return null;
        }
        if (text.length() > Words.LONGEST || !Words.WORD.matcher(text).matches()) {
            faults.add(
                    node,
                    quoted(text) + " is no " + what,
                    "it has 1 to " + Words.LONGEST + " characters on one line, and no blank at its ends",
                    "write another");
            return null;
        }
        return text;
    }

    /** One of a few words. */
    @Nullable
    String choice(Node node, String what, List<String> choices) {
        String text = scalar(node);
        if (text == null || !choices.contains(text) || !node.getTag().equals(Tag.STR)) {
            faults.add(
                    node,
                    shown(node) + " is no " + what,
                    "it is one of " + String.join(", ", choices),
                    "write " + String.join(" or ", choices));
            return null;
        }
        return text;
    }

    /** One port. */
    @Nullable
    PortSet port(Node node) {
        String text = portText(node);
        if (text != null && text.matches("[0-9]+-[0-9]+|.*,.*")) {
            faults.add(node, quoted(text) + " is not one port", "port: takes one number", "write ports: " + text);
            return null;
        }
        PortRange port = text == null ? null : canonical(text);
        if (port == null || port.size() > 1) {
            faults.add(node, shown(node) + " is not a port", "a port is a number from 1 to 65535", "write port: 8080");
            return null;
        }
        return PortSet.of(port);
    }

    /** Ports and runs of ports: {@code 8080-8090,9000}, or a list of such. */
    @Nullable
    PortSet ports(Node node) {
        if (!(node instanceof SequenceNode list)) {
            return portList(node);
        }
        PortSet all = PortSet.EMPTY;
        for (Node one : list.getValue()) {
            PortSet ports = portList(one);
            all = ports == null ? all : all.plus(ports);
        }
        if (list.getValue().isEmpty()) {
            faults.add(node, "'ports' names no port", "the list is empty", "write ports: 8080-8090");
        }
        return all.isEmpty() ? null : all;
    }

    private @Nullable PortSet portList(Node node) {
        String text = portText(node);
        if (text == null) {
            faults.add(
                    node,
                    shown(node) + " is not a list of ports",
                    "it has ports from 1 to 65535 and runs of them",
                    "write ports: 8080-8090,9000");
            return null;
        }
        var ranges = new ArrayList<PortRange>();
        for (String part : text.split(", ?", -1)) {
            PortRange range = canonical(part);
            if (range == null) {
                faults.add(node, whyNot(part), "in the list " + quoted(text), "write ports: 8080-8090,9000");
                return null;
            }
            ranges.add(range);
        }
        return PortSet.of(ranges);
    }

    /** A range of several ports, {@code A-B}. */
    @Nullable
    PortRange range(Node node) {
        String text = portText(node);
        PortRange range = text == null ? null : canonical(text);
        if (text == null || range == null || range.size() == 1) {
            faults.add(
                    node,
                    text == null || text.indexOf('-') <= 0 ? shown(node) + " is no range of ports" : whyNot(text),
                    "a range is its first and its last port",
                    "write it like 32768-60999");
            return null;
        }
        return range;
    }

    private static String whyNot(String part) {
        try {
            PortRange.parse(part);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        return quoted(part) + " is not a port or a run of ports"; // a zero in front, which elsewhere would be octal
    }

    private static @Nullable PortRange canonical(String text) {
        try {
            PortRange range = PortRange.parse(text);
            boolean plain = text.equals(range.toString()) || text.equals(range.first() + "-" + range.last());
            return plain ? range : null;
        } catch (IllegalArgumentException e) {
            return null; // said by those who ask, in their own words
        }
    }

    private static @Nullable String portText(Node node) {
        boolean textOrNumber = node.getTag().equals(Tag.STR) || node.getTag().equals(Tag.INT);
        return textOrNumber ? scalar(node) : null;
    }

    /** A numeric address; names are never looked up. */
    @Nullable
    IpAddress address(Node node) {
        String text = text(node, "address", QUOTE);
        try {
            return text == null ? null : IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            faults.add(
                    node,
                    quoted(text) + " is not an IP address",
                    "names are not looked up",
                    "write one like 127.0.0.1 or \"::1\"; leave it out for every address");
            return null;
        }
    }

    /** An address and a port to connect to. */
    @Nullable
    Endpoint destination(Node node) {
        String text = text(node, "destination", "write \"10.1.2.3:443\", in quotes");
        if (text == null) {
            return null;
        }
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            faults.add(
                    node,
                    quoted(text) + " is not a destination",
                    "it is a numeric address and a port; names are not looked up",
                    "write \"10.1.2.3:443\" or \"[2001:db8::1]:443\"");
            return null;
        }
        if (endpoint.port() == 0 || endpoint.address().isAny()) {
            faults.add(
                    node,
                    quoted(text) + " is not a destination",
                    "nobody connects to " + (endpoint.port() == 0 ? "port 0" : "every address"),
                    "write the address and the port that this host connects to");
            return null;
        }
        return endpoint;
    }

    /** A number, as YAML writes it. */
    @Nullable
    Double number(Node node, String what, boolean zero, double most) {
        String text = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT) ? scalar(node) : null;
        double number = text != null && NUMBER.matcher(text).matches() ? Double.parseDouble(text) : -1;
        if (number < 0 || number == 0 && !zero || number > most) {
            faults.add(
                    node,
                    shown(node) + " is no " + what,
                    "it is a number %s %.0f".formatted(zero ? "from 0 to" : "above 0 and at most", most),
                    "write one like " + (zero ? "0.2" : "400"));
            return null;
        }
        return number;
    }

    private @Nullable String text(Node node, String what, String next) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        faults.add(
                node,
                shown(node) + " is no " + what,
                number ? "YAML reads it as a number" : "it is a text",
                number ? QUOTE : next);
        return null;
    }

    private static @Nullable String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    private static String shown(Node node) {
        String text = scalar(node);
        return text == null
                ? node instanceof SequenceNode ? "a list" : "a mapping"
                : text.isEmpty() ? "nothing" : quoted(text);
    }

    /** As others can read it on one line; the text is a file's, which may be anybody's. */
    private static String quoted(String text) {
        return "'" + (text.length() > Words.LONGEST ? text.substring(0, Words.LONGEST) + "…" : text) + "'";
    }
}
