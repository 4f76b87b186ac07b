package dev.berth.linux.nat;

import dev.berth.platform.NatRules.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The chains of {@code nft -j list ruleset}, libnftables-json(5), in the tables that have a NAT chain at a hook of ours. Read
 * twice: such tables are found first, so that the rest of a large ruleset is never kept.
 */
final class NftJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> FAMILIES = Set.of("ip", "ip6", "inet");

    private record Table(String family, String name) {
        String label() {
            return "nft " + family + " " + name;
        }

        Conditions scope() {
            return switch (family) {
                case "ip" -> Conditions.V4;
                case "ip6" -> Conditions.V6;
                default -> Conditions.NONE;
            };
        }
    }

    private record Place(Table table, String chain) {}

    private record Base(@Nullable Traffic hook, int priority) {}

    private final Set<Table> tables = new HashSet<>();
    private final Map<Place, Base> chains = new LinkedHashMap<>();
    private final Map<Table, Map<String, List<Json>>> sets = new HashMap<>();
    private final Map<Place, List<Json>> rules = new HashMap<>();
    private final Set<String> foreign = new HashSet<>();

    private NftJson() {}

    /**
     * What a ruleset has.
     *
     * @param foreign the tables with parts of x_tables, which nft does not spell out: {@code nft ip nat}
     */
    record Ruleset(List<Chain> chains, Set<String> foreign) {}

    /** @throws IllegalArgumentException when the text is not what nft writes; the message says why, in lower case */
    static Ruleset parse(String text) {
        var ruleset = new NftJson();
        ruleset.each(text, ruleset::findTables);
        if (!ruleset.tables.isEmpty()) {
            ruleset.each(text, ruleset::keep);
        }
        return ruleset.built();
    }

    private interface Visit {
        void entry(String kind, Json body);
    }

    private void each(String text, Visit visit) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT
                    || !"nftables".equals(json.nextName())
                    || json.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("it is not a list of nftables");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Json entry = Json.read(json);
                visit.entry(entry.kind(), entry.at(entry.kind()));
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
    }

    private void findTables(String kind, Json body) {
        Table table = tableOf(body);
        if (!kind.equals("chain") || !FAMILIES.contains(table.family)) {
            return;
        }
        Traffic hook =
                body.at("type").text().equals("nat") ? hook(body.at("hook").text()) : null;
        int priority = body.at("prio") instanceof Json.Whole(long value) ? (int) value : 0;
        chains.put(new Place(table, body.at("name").text()), new Base(hook, priority));
        if (hook != null) {
            tables.add(table);
        }
    }

    private static @Nullable Traffic hook(String name) {
        return switch (name) {
            case "prerouting" -> Traffic.ARRIVING;
            case "output" -> Traffic.OWN;
            default -> null;
        };
    }

    private void keep(String kind, Json body) {
        Table table = tableOf(body);
        if (!tables.contains(table)) {
            return;
        }
        switch (kind) {
            case "set", "map" ->
                sets.computeIfAbsent(table, of -> new HashMap<>())
                        .put(body.at("name").text(), body.at("elem").items());
            case "rule" -> {
                Json expressions = body.at("expr");
                rules.computeIfAbsent(new Place(table, body.at("chain").text()), of -> new ArrayList<>())
                        .add(expressions);
                if (expressions.items().stream().anyMatch(one -> one.kind().equals("xt"))) {
                    foreign.add(table.label());
                }
            }
            default -> {}
        }
    }

    private static Table tableOf(Json body) {
        return new Table(body.at("family").text(), body.at("table").text());
    }

    private Ruleset built() {
        var built = new ArrayList<Chain>();
        chains.forEach((place, base) -> {
            if (tables.contains(place.table)) {
                built.add(new Chain(
                        place.table.label(), place.chain, place.table.scope(), base.hook, base.priority, steps(place)));
            }
        });
        return new Ruleset(built, Set.copyOf(foreign));
    }

    private List<Step> steps(Place place) {
        Map<String, List<Json>> known = sets.getOrDefault(place.table, Map.of());
        var steps = new ArrayList<Step>();
        for (Json expressions : rules.getOrDefault(place, List.of())) {
            steps.addAll(NftRule.read(expressions.items(), known));
        }
        return steps;
    }
}
