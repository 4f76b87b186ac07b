package dev.berth.linux.configured;

import dev.berth.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A product whose files give a key and a value for each port: all there is to know about it is data.
 *
 * @param files where its configuration is; files without a pattern are one configuration together, the later ones having
 *     the last word, and each file that a pattern matches is one of its own
 * @param units the names its unit may have; {@code {1}} stands for what the first star of the file's pattern matched
 * @param address matches the key that says which addresses it binds; null where there is none, or where it does not matter
 */
record KeyedProduct(
        String name,
        Inclusion inclusion,
        List<String> files,
        List<String> units,
        List<Key> keys,
        @Nullable Pattern address)
        implements Product {

    private static final Pattern ONE_PORT = Pattern.compile("[0-9]+");

    KeyedProduct(String name, Inclusion inclusion, List<String> files, List<String> units, Key... keys) {
        this(name, inclusion, files, units, List.of(keys), null);
    }

    KeyedProduct bindingBy(String key) {
        return new KeyedProduct(name, inclusion, files, units, keys, Pattern.compile(key));
    }

    @Override
    public void find(ConfigurationFiles all, UnitFiles installed, Found found) {
        var together = new ArrayList<Statement>();
        String main = null;
        for (String pattern : files) {
            for (String file : all.matching(pattern)) {
                List<Statement> statements = inclusion.statements(all, file);
                if (statements == null) {
                    continue;
                }
                if (pattern.indexOf('*') >= 0) {
                    tell(file, statements, installed.find(unitsOf(pattern, file)), found);
                } else {
                    main = main == null ? file : main;
                    together.addAll(statements);
                }
            }
        }
        if (main != null) {
            tell(main, together, installed.find(units), found);
        }
    }

    private void tell(String file, List<Statement> statements, @Nullable UnitState unit, Found found) {
        List<IpAddress> addresses = addresses(statements);
        for (Key key : keys) {
            List<Statement> said = key.of(statements);
            for (Statement statement : said) {
                List<ListenPoint> points = ListenPoint.parse(statement.value());
                boolean alone = ONE_PORT.matcher(statement.value()).matches();
                found.add(name, key.protocol(), alone ? at(addresses, points) : points, unit, statement.source());
            }
            if (said.isEmpty() && key.byDefault() != null && unit != null) {
                found.add(name, key.protocol(), at(addresses, List.of(key.byDefault())), unit, file + " (its default)");
            }
        }
    }

    private static List<ListenPoint> at(List<IpAddress> addresses, List<ListenPoint> points) {
        return addresses.isEmpty()
                ? points
                : points.stream()
                        .flatMap(point -> addresses.stream().map(address -> new ListenPoint(point.ports(), address)))
                        .toList();
    }

    /** The addresses it binds; empty where it is every one, or where one of them is a name. */
    private List<IpAddress> addresses(List<Statement> statements) {
        if (address == null) {
            return List.of();
        }
        List<Statement> said = new Key(address, null, keys.getFirst().protocol(), null, false).of(statements);
        var addresses = new ArrayList<IpAddress>();
        for (Statement statement : said) {
            for (String word : statement.value().split("[\\s,\\[\\]\"']+", -1)) {
                IpAddress one = ListenPoint.address(word.startsWith("-") ? word.substring(1) : word); // Redis: may fail
                if (one == null && !word.isEmpty()) {
                    return List.of();
                }
                if (one != null && !addresses.contains(one)) {
                    addresses.add(one);
                }
            }
        }
        return addresses;
    }

    private List<String> unitsOf(String pattern, String file) {
        String stars = Pattern.quote(pattern).replace("*", "\\E([^/]*)\\Q");
        Matcher matched = Pattern.compile(stars).matcher(file);
        if (!matched.matches()) {
            return units;
        }
        var names = new ArrayList<String>();
        for (String unit : units) {
            String name = unit;
            for (int i = 1; i <= matched.groupCount(); i++) {
                name = name.replace("{" + i + "}", matched.group(i));
            }
            names.add(name);
        }
        return names;
    }
}
