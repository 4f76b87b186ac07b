package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What one product says of ports that it cannot have: a file of {@code products/}. */
final class ProductFile {
    private static final Set<String> KEYS = Set.of("product", "on", "ports", "patterns");
    private static final Set<String> PATTERN_KEYS = Set.of(
            "line",
            "means",
            "refusal",
            "system",
            "protocol",
            "joins",
            "needs",
            "by-product",
            "example",
            "reads",
            "source");

    private ProductFile() {}

    /** Those that Berth ships, as {@code products/index} lists them. */
    static List<Sentence> shipped(ErrorTexts texts) {
        var all = new ArrayList<Sentence>();
        for (String name : Shipped.lines("products/index")) {
            all.addAll(read(name, Shipped.text("products/" + name), texts));
        }
        return all;
    }

    /**
     * @throws IllegalArgumentException what is wrong with the file, and where
     */
    static List<Sentence> read(String name, String yaml, ErrorTexts texts) {
        try {
            Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
            known(file, KEYS);
            var product = new Product(text(file, "product"), strings(file, "on"), ports(file));
            var sentences = new ArrayList<Sentence>();
            for (Object pattern : list(file, "patterns")) {
                sentences.add(sentence(product, (Map<?, ?>) pattern, texts));
            }
            return sentences;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static Sentence sentence(Product product, Map<?, ?> pattern, ErrorTexts texts) {
        known(pattern, PATTERN_KEYS);
        String line = text(pattern, "line");
        String refusal = maybe(pattern, "refusal");
        String system = maybe(pattern, "system");
        String joins = maybe(pattern, "joins");
        return new Sentence(
                product,
                new Template(line, texts),
                line,
                PatternWords.operation(text(pattern, "means")),
                refusal == null ? null : PatternWords.refusal(refusal),
                system == null ? null : PatternWords.system(system),
                "udp".equals(maybe(pattern, "protocol")) ? Protocol.UDP : null,
                joins == null ? Clue.Joins.ALONE : PatternWords.joins(joins),
                "error".equals(maybe(pattern, "needs")),
                Boolean.TRUE.equals(pattern.get("by-product")),
                text(pattern, "example"),
                text(pattern, "reads"),
                text(pattern, "source"));
    }

    private static void known(Map<?, ?> map, Set<String> keys) {
        for (Object key : map.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                throw new IllegalArgumentException("'" + key + "' is not one of " + keys);
            }
        }
    }

    private static String text(Map<?, ?> map, String key) {
        String text = maybe(map, key);
        if (text == null) {
            throw new IllegalArgumentException(key + " is missing in " + map);
        }
        return text;
    }

    private static @Nullable String maybe(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? null : value.toString();
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> list ? list : List.of();
    }

    private static List<String> strings(Map<?, ?> map, String key) {
        return list(map, key).stream().map(Object::toString).toList();
    }

    private static List<Integer> ports(Map<?, ?> map) {
        return list(map, "ports").stream().map(Integer.class::cast).toList();
    }
}
