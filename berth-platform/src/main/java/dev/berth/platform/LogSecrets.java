package dev.berth.platform;

import java.util.List;
import java.util.regex.Pattern;

/** How secrets look in lines of logs: as programs print their settings, connection strings, terms of Erlang, JSON. */
final class LogSecrets {
    /** What stands between a name and its value: {@code =}, {@code :}, or an arrow; in Erlang perhaps {@code <<}. */
    private static final String GIVEN = "[\"']?\\s*(?:=>?|:(?!//))\\s*(?:<<)?";

    /** A value without quotes ends where another may begin, or the bracket around it closes. */
    private static final String BARE = "(?:[^\\s;&\"',})\\]]|[,})\\]](?!\\s|$|[,})\\];\"'{]|[\\w.-]{1,64}[=:]))++";

    /** Applied before those for any text; {@code $1} stays, what follows it goes. A value may be cut, so its closing quote may be missing. */
    static final List<Pattern> RULES = List.of(
            SecretMask.ignoringCase(
                    "(" + SecretMask.NAME + "\\\\+[\"']\\s*:\\s*\\\\+[\"'])[^\"'\\\\]*+"), // JSON within JSON
            SecretMask.ignoringCase("(" + SecretMask.NAME + GIVEN + "\")(?:\\\\.|[^\"\\\\])*+"),
            SecretMask.ignoringCase("(" + SecretMask.NAME + GIVEN + "')(?:\\\\.|[^'\\\\])*+"),
            SecretMask.ignoringCase(
                    "(\\{\\s*'?[\\w.-]*" + SecretMask.NAME + "'?\\s*,\\s*(?:<<)?\")(?:\\\\.|[^\"\\\\])*+"), // Erlang
            SecretMask.ignoringCase("(" + SecretMask.NAME + GIVEN + ")(?![\\s\"'\\\\<>*])(?:" + BARE
                    + "(?:[ \\t]++[^\\s;&,\"'=]++)*+(?=;)|" + BARE + ")"), // a connection string may have blanks
            SecretMask.ignoringCase("(<[\\w.:-]*" + SecretMask.NAME + ">)[^<]*+"),
            SecretMask.ignoringCase("((?<!\\w)identified\\s+by\\s+(?:password\\s+)?['\"])[^'\"]*+"), // SQL
            SecretMask.ignoringCase("((?<![a-z])(?:sig|signature)=)[\\w%.~+/=-]+"),
            SecretMask.ignoringCase("(authorization\\\\+[\"']\\s*:\\s*\\\\+[\"'](?:\\w+\\s+)?)[^\\s\"'\\\\]++"),
            Pattern.compile("((?<![\\w/])[\\w.-]{1,64}:)[^\\s@]{1,256}(?=@(?:tcp|unix)\\()"), // Go's name of a database
            Pattern.compile("(://)[^\\s/:@]{20,}(?=@)")); // a token as a user

    private LogSecrets() {}
}
