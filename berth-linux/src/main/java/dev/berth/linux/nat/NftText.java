package dev.berth.linux.nat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A rule of nftables as nft(8) writes it, or nearly so: an expression it does not know stands as its parts. */
final class NftText {
    private NftText() {}

    static String of(List<Json> expressions) {
        return expressions.stream()
                .filter(expression -> !expression.kind().equals("counter"))
                .map(expression -> statement(expression.kind(), expression.at(expression.kind())))
                .collect(Collectors.joining(" "));
    }

    private static String statement(String kind, Json body) {
        return switch (kind) {
            case "match" -> {
                String operator = body.at("op").text();
                boolean equal = operator.equals("==") || operator.equals("in");
                yield value(body.at("left")) + (equal ? " " : " " + operator + " ") + value(body.at("right"));
            }
            case "jump", "goto" -> kind + " " + body.at("target").text();
            case "vmap" -> value(body.at("key")) + " vmap " + value(body.at("data"));
            case "dnat" -> nat("dnat to ", body.at("addr"), body.at("port"));
            case "redirect" -> body.at("port").isNothing() ? "redirect" : "redirect to :" + value(body.at("port"));
            case "xt" -> body.at("type").text() + " " + body.at("name").text();
            default -> body.isNothing() ? kind : kind + " " + value(body);
        };
    }

    private static String nat(String verb, Json address, Json port) {
        String to = value(address);
        String bracketed = to.contains(":") && !port.isNothing() ? "[" + to + "]" : to;
        return verb + bracketed + (port.isNothing() ? "" : ":" + value(port));
    }

    private static String value(Json value) {
        return switch (value) {
            case Json.Text(String text) -> text;
            case Json.Whole number -> number.toString();
            case Json.Nothing _ -> "";
            case Json.Items(List<Json> items) -> joined(items, " ");
            case Json.Fields fields -> expression(fields);
        };
    }

    private static String expression(Json.Fields fields) {
        Json body = fields.at(fields.kind());
        return switch (fields.kind()) {
            case "payload" -> joined(List.of(body.at("protocol"), body.at("field")), " ");
            case "meta" -> body.at("key").text().equals("l4proto") ? "meta l4proto" : value(body.at("key"));
            case "fib" -> "fib " + value(body.at("flags")) + " " + value(body.at("result"));
            case "prefix" -> value(body.at("addr")) + "/" + value(body.at("len"));
            case "range" -> joined(body.items(), "-");
            case "concat" -> joined(body.items(), " . ");
            case "elem" -> value(body.at("val"));
            case "set" -> "{ " + body.items().stream().map(NftText::element).collect(Collectors.joining(", ")) + " }";
            case "map" -> value(body.at("key")) + " map " + value(body.at("data"));
            case "jump", "goto" -> fields.kind() + " " + value(body.at("target"));
            case "ct" ->
                body.at("dir").isNothing()
                        ? "ct " + value(body.at("key"))
                        : "ct " + value(body.at("dir")) + " " + value(body.at("key"));
            case "numgen" -> "numgen " + value(body.at("mode")) + " mod " + value(body.at("mod"));
            default -> other(fields.values());
        };
    }

    private static String element(Json element) {
        return element instanceof Json.Items(List<Json> pair) ? joined(pair, " : ") : value(element);
    }

    private static String joined(List<Json> values, String between) {
        return values.stream().map(NftText::value).collect(Collectors.joining(between));
    }

    private static String other(Map<String, Json> fields) {
        return fields.entrySet().stream()
                .map(field -> (field.getKey() + " " + value(field.getValue())).strip())
                .collect(Collectors.joining(" "));
    }
}
