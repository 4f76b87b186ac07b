package dev.berth.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What is packaged.
 *
 * @param version as Maven has it: {@code 0.1.0}, {@code 0.1.0-SNAPSHOT}
 * @param commit that it was built from, with {@code .dirty} behind it where the checkout differed; null where it is not known
 * @param time that every file in a package carries: the commit's, so that the same commit gives the same bytes
 */
public record Release(String version, @Nullable String commit, Instant time) {
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /** The name of this build: version and commit, as SemVer joins them. */
    public String build() {
        return commit == null ? version : version + "+" + commit;
    }

    /**
     * The same in Debian's order: what is no release comes before it, and each after the one before.
     *
     * @see <a href="https://www.debian.org/doc/debian-policy/ch-controlfields.html#version">Debian policy 5.6.12</a>
     */
    public String debian() {
        return version.endsWith("-SNAPSHOT")
                ? version.replace("-SNAPSHOT", "~" + COMPACT.format(time)) + (commit == null ? "" : "+" + commit)
                : version;
    }

    /** The start of a file name. */
    public String fileName() {
        return "berth-" + version;
    }

    /** Seconds since 1970, as {@code SOURCE_DATE_EPOCH} has it. */
    public long epoch() {
        return time.getEpochSecond();
    }

    /** That of a checkout; of one without git, what Maven says. */
    static Release of(Path home) throws IOException, InterruptedException, PackagingException {
        Properties properties = properties();
        String version = properties.getProperty("version");
        if (!Tool.isThere("git") || !Files.exists(home.resolve(".git"))) {
            return new Release(version, null, Instant.parse(properties.getProperty("timestamp")));
        }
        String commit = git(home, "rev-parse", "--short=12", "HEAD");
        boolean dirty = !git(home, "status", "--porcelain").isEmpty();
        Instant time = Instant.ofEpochSecond(Long.parseLong(git(home, "log", "-1", "--format=%ct")));
        return new Release(version, dirty ? commit + ".dirty" : commit, time);
    }

    /** Where its sources are to be read, for a browser. */
    static String site() throws IOException {
        return properties().getProperty("site");
    }

    private static Properties properties() throws IOException {
        var properties = new Properties();
        try (InputStream in = Release.class.getResourceAsStream("release.properties")) {
            properties.load(in);
        }
        return properties;
    }

    private static String git(Path home, String... words) throws IOException, InterruptedException, PackagingException {
        var command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
        command.addAll(List.of(words));
        return Tool.run(home, Map.of(), command).strip();
    }
}
