package dev.berth.windows.settings;

import dev.berth.windows.system.Tools;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The range for outgoing connections that share ports: sockets with SO_REUSE_UNICASTPORT, and those that connect without a
 * bind. Only PowerShell tells it, which takes a second or two to start: Get-NetTCPSetting.
 *
 * @param first the first port, and 0 where there is no such range
 * @param count how many, and 0 where there is no such range
 */
record AutoReuse(int first, int count) {
    static final String FIRST = "AutoReusePortRangeStartPort";
    static final String COUNT = "AutoReusePortRangeNumberOfPorts";

    private static final String PROGRAM = "powershell";

    /** Looking at a host must not wait longer for so little. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Pattern ROW = Pattern.compile("\\s*([0-9]{1,5})\\s+([0-9]{1,5})\\s*");

    static Reply<AutoReuse> read(Tools tools) {
        var command = List.of(
                PROGRAM,
                "-NoProfile",
                "-NonInteractive",
                "-Command",
                "Get-NetTCPSetting | ForEach-Object { '{0} {1}' -f $_.%s, $_.%s }".formatted(FIRST, COUNT));
        return Reply.of(tools.run(command, LIMIT), PROGRAM, AutoReuse::parse);
    }

    /** A row for each profile, without numbers for one that has no such setting; null unless those that have one agree. */
    static @Nullable AutoReuse parse(String output) {
        var profiles = new HashSet<AutoReuse>();
        for (String line : output.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                profiles.add(new AutoReuse(Integer.parseInt(row.group(1)), Integer.parseInt(row.group(2))));
            } else if (!line.isBlank()) {
                return null;
            }
        }
        return profiles.size() == 1 ? profiles.iterator().next() : null;
    }
}
