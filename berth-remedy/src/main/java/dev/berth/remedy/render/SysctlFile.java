package dev.berth.remedy.render;

import dev.berth.platform.HostTuning;
import dev.berth.remedy.policy.Policy;
import java.util.List;

/** A file for {@code /etc/sysctl.d}: see sysctl.d(5). Its name is to sort late, for the last assignment wins. */
final class SysctlFile {
    /** The file that Berth itself would write. */
    static final String PLACE = HostTuning.OWN_FILE;

    private static final String TOO_LONG =
            "The list of reserved ports is longer than a page: `sysctl -p`, `sysctl -w` and"
                    + " `sysctl --system` of procps store its first part only and still end with 0. systemd-sysctl stores all of it.";

    private SysctlFile() {}

    static Rendered of(Policy policy) {
        LinuxSettings settings = LinuxSettings.of(policy);
        String text = PolicyInWords.commented(
                        "#",
                        policy,
                        "Printed by `berth ensure --render sysctl.d`: change the policy, not this file.",
                        "Belongs in " + PLACE + "; now: /usr/lib/systemd/systemd-sysctl " + PLACE,
                        "Linux has one range and one list of reserved ports for TCP and UDP, IPv4 and IPv6.",
                        "")
                + settings.lines("");
        return new Rendered(text, Warnings.both(Warnings.onLinux(policy, settings), tooLong(settings)));
    }

    /** The warning for whoever hands the lines to procps, where it applies. */
    private static List<String> tooLong(LinuxSettings settings) {
        return settings.longerThanOneWrite() ? List.of(TOO_LONG) : List.of();
    }
}
