package dev.berth.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes the secrets out of command lines and lines of logs, and leaves what a person needs to recognise a process or a failure:
 * paths, ports, classes. It goes by the names of options and the looks of tokens, so it can miss a secret that has neither.
 */
public final class SecretMask {
    private static final String MASK = "***";
    private static final String BETWEEN = "\u000b"; // a blank to the rules, and in no argument once it is replaced

    /** What the name of a secret ends in. */
    static final String NAME = "(?:passw(?:or)?d|passphrase|secret|secret[-_.]?id|token|credentials?"
            + "|(?:api|access|account|auth|encryption|master|private|secret|shared|signing)[-_.]?key"
            + "|requirepass|masterauth|(?:key|store|src|dest)pass|(?<![a-z])pass"
            + "|(?<![a-z])pwd(?!\\s*=\\s*/))"; // PWD=/srv is where somebody stood

    /** What makes an option a switch, which no value follows. */
    private static final String SWITCH = "(?:no|use|skip|with|without|require|allow|enable|disable)[-_]";

    private static final Pattern OPTION = ignoringCase("--?+(?!" + SWITCH + ").*" + NAME);

    /** An argument that is one assignment; its value ends where another assignment begins, as in a connection string. */
    private static final Pattern ASSIGNMENT =
            ignoringCase("(-{0,2}[\\w.:-]*" + NAME + "\\s*=).*?(?=[\\s;&,]+[\\w.-]{1,64}=|$)");

    /** Rules for text, wherever it stands: {@code $1} stays, what follows it goes. */
    private static final List<Pattern> RULES = List.of(
            ignoringCase("((?<![\\w-])(?:set-)?cookie\\s*:\\s*).+"),
            ignoringCase("((?<![\\w-])x-[\\w-]*(?:key|token|auth|secret)\\s*:\\s*).+"),
            ignoringCase("(" + NAME + "[\"']\\s*:\\s*[\"'])[^\"']*"), // JSON
            ignoringCase("(" + NAME + "=)(?!>\\s*[\"'<])(?:\"[^\"]*\"|'[^']*'|[^\\s;&,\"']+)"),
            ignoringCase("((?<!\\S)--?+(?!" + SWITCH + ")[\\w.-]*" + NAME + "\\s+)[^\\s-]\\S*"),
            ignoringCase("((?<!\\S)[/-][\\w.-]*" + NAME + ":)\\S+"), // as programs of Windows take it
            Pattern.compile("(://[^\\s/:@]*:)[^\\s/]+(?=@)"), // user:password@host
            Pattern.compile("(jdbc:oracle:\\w+:[^/\\s:@]+/)[^\\s@]+(?=@)"),
            Pattern.compile("((?<![\\w-])pass:)\\S+"), // openssl's password sources
            Pattern.compile("()(?<![\\w-])eyJ[\\w-]{8,}\\.[\\w-]+(?:\\.[\\w-]*)?"), // a JSON web token
            Pattern.compile("()(?<!\\w)(?:AKIA|ASIA)[0-9A-Z]{16}(?!\\w)"), // Amazon
            Pattern.compile("()(?<!\\w)(?:gh[opsur]_\\w{20,}|github_pat_\\w{20,}|glpat-[\\w-]{20,}"
                    + "|xox[abeoprs]-[\\w-]{10,}|sk-[\\w-]{20,}|sk_live_\\w{10,}|AIza[\\w-]{35}"
                    + "|hvs\\.[\\w-]{20,}|npm_\\w{30,})"));

    /** The same, for what may be spread over several arguments. */
    private static final List<Pattern> SPREAD_RULES = List.of(
            ignoringCase(
                    "(authorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:basic|bearer|digest|negotiate|token)\\s+)?)[^\\s\"']+"),
            ignoringCase("((?<![\\w-])bearer\\s+)[\\w.~+/=-]{8,}"));

    /**
     * A short option that is a secret to some programs and a port to others.
     *
     * @param joined its value may follow without a blank
     * @param apart its value may be the next argument
     */
    private record ShortOption(String option, boolean joined, boolean apart, Set<String> programs) {}

    private static final List<ShortOption> SHORT_OPTIONS = List.of(
            // mysql -p DATABASE asks for the password
            new ShortOption("-p", true, false, Set.of("mysql", "mysqladmin", "mysqlcheck", "mysqldump", "mysqlimport")),
            new ShortOption(
                    "-p", true, false, Set.of("mysqlpump", "mysqlshow", "mysqlslap", "mariadb", "mariadb-dump")),
            new ShortOption("-p", true, true, Set.of("mongo", "mongosh", "mongodump", "mongorestore", "sshpass")),
            new ShortOption("-a", false, true, Set.of("redis-cli", "redis-benchmark", "valkey-cli")),
            new ShortOption("-w", true, true, Set.of("ldapsearch", "ldapmodify", "ldapadd", "ldapdelete")),
            new ShortOption("-P", true, true, Set.of("sqlcmd", "bcp")),
            new ShortOption("-u", true, true, Set.of("curl")),
            new ShortOption("--user", false, true, Set.of("curl")),
            new ShortOption("--proxy-user", false, true, Set.of("curl")));

    /** What goes around the name of a program, on either system. */
    private static final Pattern PATH_OR_SUFFIX = ignoringCase(".*[/\\\\]|\\.exe$");

    private SecretMask() {}

    /** The arguments in one line, with {@code ***} for each secret. */
    public static String mask(List<String> arguments) {
        return String.join(" ", maskEach(arguments));
    }

    /** The same arguments, as many as there were, with {@code ***} for each secret. */
    public static List<String> maskEach(List<String> arguments) {
        List<ShortOption> shortOptions = shortOptions(arguments);
        var shown = new ArrayList<String>(arguments.size());
        boolean secretNext = false;
        for (String argument : arguments) {
            if (secretNext && !argument.startsWith("-")) {
                shown.add(MASK);
                secretNext = false;
            } else {
                shown.add(mask(argument, shortOptions));
                secretNext = announcesSecret(argument, shortOptions);
            }
        }
        shown.replaceAll(argument -> argument.replace(BETWEEN, " "));
        return List.of(apply(SPREAD_RULES, String.join(BETWEEN, shown)).split(BETWEEN, -1));
    }

    /** A line of a log, with {@code ***} for each secret. */
    public static String line(String line) {
        return apply(SPREAD_RULES, apply(RULES, apply(LogSecrets.RULES, line)));
    }

    private static List<ShortOption> shortOptions(List<String> arguments) {
        String path = arguments.isEmpty() ? "" : arguments.getFirst();
        String program = PATH_OR_SUFFIX.matcher(path).replaceAll("").toLowerCase(Locale.ROOT);
        return SHORT_OPTIONS.stream()
                .filter(option -> option.programs().contains(program))
                .toList();
    }

    private static String mask(String argument, List<ShortOption> shortOptions) {
        for (ShortOption option : shortOptions) {
            String name = option.option();
            if (option.joined() && argument.startsWith(name) && argument.length() > name.length()) {
                return name + MASK;
            }
        }
        var assignment = ASSIGNMENT.matcher(argument);
        return apply(RULES, assignment.lookingAt() ? assignment.replaceFirst("$1***") : argument);
    }

    private static boolean announcesSecret(String argument, List<ShortOption> shortOptions) {
        for (ShortOption option : shortOptions) {
            if (option.apart() && argument.equals(option.option())) {
                return true;
            }
        }
        return argument.startsWith("-")
                && argument.indexOf('=') < 0
                && OPTION.matcher(argument).matches();
    }

    private static String apply(List<Pattern> rules, String text) {
        String masked = text;
        for (Pattern rule : rules) {
            masked = rule.matcher(masked).replaceAll("$1***");
        }
        return masked;
    }

    static Pattern ignoringCase(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
