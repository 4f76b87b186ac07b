package dev.berth.platform;

import java.lang.module.ModuleDescriptor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which build of Berth this is. Named by one string, {@code VERSION+COMMIT} as in {@code 0.1.0+988781a3b2c4}, with {@code .dirty}
 * behind it where something was not committed; that is a version with build metadata in Semantic Versioning 2.0.0.
 *
 * @param version what is built, as in {@code 0.1.0}
 * @param commit of what, or null where the build does not know it
 * @param dirty whether it was built with changes that no commit has
 */
public record Build(String version, @Nullable String commit, boolean dirty) {
    private static final String SOURCES = "0.1.0-SNAPSHOT";
    private static final Pattern WITH_COMMIT = Pattern.compile("([^+]+)\\+([0-9a-f]{7,40})(\\.dirty)?");

    /** This one, as its module says, or else its jar; outside of both, what the sources are called. */
    public static Build here() {
        ModuleDescriptor module = Build.class.getModule().getDescriptor();
        String named = module == null
                ? Build.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        return parse(named == null ? SOURCES : named);
    }

    /** The build that is so named; a name that has no commit is a version. */
    public static Build parse(String name) {
        Matcher matcher = WITH_COMMIT.matcher(name);
        return matcher.matches()
                ? new Build(matcher.group(1), matcher.group(2), matcher.group(3) != null)
                : new Build(name, null, false);
    }

    /** Its one name, which {@link #parse} reads. */
    @Override
    public String toString() {
        return commit == null ? version : version + "+" + commit + (dirty ? ".dirty" : "");
    }
}
