package dev.berth.windows.recording;

import dev.berth.platform.capture.Pseudonyms;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of hosts, accounts and their domains, and what stands for each; those once given are recognised in any text. Windows
 * ignores their case. For one thread.
 */
final class Names {
    /** A folder of people's own, also where its path is written with two backslashes each, as in JSON. */
    private static final Pattern HOME =
            Pattern.compile("(?i)(\\\\(?:Users|Documents and Settings)\\\\{1,2})([^\\\\/:*?\"<>|\\r\\n]+)");

    /** {@code \\server}. */
    private static final Pattern SERVER =
            Pattern.compile("(?<![\\w:.\\\\])(\\\\{2}|\\\\{4})([\\p{L}\\p{N}][^\\\\/\\s\"'<>|]*)");

    private static final Pattern NONE = Pattern.compile("(?!)");

    private final Pseudonyms pseudonyms;
    private final Map<String, String> known = new HashMap<>();
    private Pattern anyKnown = NONE;

    Names(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    String host(String name) {
        return pseudonym("host", name);
    }

    /** One for {@code DOMAIN\name} and for the folder of that name. */
    String account(String account) {
        int domain = account.lastIndexOf('\\');
        if (domain > 0) {
            pseudonym("domain", account.substring(0, domain));
        }
        return pseudonym("user", account.substring(domain + 1));
    }

    private String pseudonym(String kind, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        String other = known.get(key);
        if (other == null) {
            other = pseudonyms.of(kind, key);
            known.put(key, other);
            anyKnown = Pattern.compile(
                    known.keySet().stream()
                            .filter(word -> word.chars().anyMatch(Character::isLetter)) // else it is a port as well
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")),
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        }
        return other;
    }

    /** The text without the names known so far, and without those that stand where only a person or a host has one. */
    String replaced(String text) {
        String others = HOME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + pseudonym("user", found.group(2))));
        others = SERVER.matcher(others)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + host(found.group(2))));
        return anyKnown.matcher(others)
                .replaceAll(found -> known.getOrDefault(found.group().toLowerCase(Locale.ROOT), "user"));
    }
}
