package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.platform.ExcludedRange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is known to exclude ports on Windows. Its tables name nobody, so this is knowledge about numbers and sizes, and nothing
 * that was read from the host: whoever shows it says so.
 */
public final class KnownExclusions {
    /**
     * Who is behind a range, as a rule.
     *
     * @param owner a phrase, such as {@code WinRM over HTTP}
     * @param kind what makes it go away
     * @param source where that is from
     */
    public record Known(String owner, Kind kind, String source) {}

    /** What kind of owner it is. */
    public enum Kind {
        /** The driver http.sys keeps it for an HTTP service: {@code netsh http show servicestate} names it. */
        HTTP_SYS,
        /** The service WinNAT, or HNS, keeps it for containers, WSL2 and Hyper-V: a restart of WinNAT moves it. */
        WINNAT
    }

    private static final int BLOCK = 100;

    private static final String WINRM_SOURCE =
            "learn.microsoft.com, ee922665 (default ports of WinRM 2.0); seen excluded in "
                    + "github.com/localsend/localsend/issues/125 and github.com/open-telemetry/opentelemetry-collector/pull/10839";

    private static final Map<PortRange, Known> BY_RANGE = Map.of(
            PortRange.of(80),
            new Known(
                    "http.sys, for a web server such as IIS",
                    Kind.HTTP_SYS,
                    "seen excluded in github.com/open-telemetry/opentelemetry-collector/pull/10839"),
            PortRange.of(5_985),
            new Known("WinRM over HTTP", Kind.HTTP_SYS, WINRM_SOURCE),
            PortRange.of(5_986),
            new Known("WinRM over HTTPS", Kind.HTTP_SYS, WINRM_SOURCE),
            PortRange.of(47_001),
            new Known(
                    "WinRM, from this machine itself",
                    Kind.HTTP_SYS,
                    "seen excluded beside WinRM's other ports in github.com/localsend/localsend/issues/125"),
            PortRange.of(5_357),
            new Known(
                    "Web Services for Devices (WSDAPI)",
                    Kind.HTTP_SYS,
                    "registered as wsdapi (IANA); seen excluded in github.com/docker/for-win/issues/3171"),
            new PortRange(50_000, 50_059),
            new Known(
                    "the Host Networking Service's default",
                    Kind.WINNAT,
                    "values ExcludedPortRangeStartPort 50000 and ExcludedPortRangePortCount 60 under "
                            + "HKLM\\SYSTEM\\CurrentControlSet\\Services\\hns\\State"));

    private KnownExclusions() {}

    /** The same in brackets, with where it is from, to follow the range in a sentence; empty where nobody is known. */
    public static String inBrackets(PortRange range, @Nullable PortRange dynamic) {
        Known known = of(range, dynamic);
        return known == null
                ? ""
                : " (known for: " + known.owner() + "; by its numbers, no table of Windows names who made it)";
    }

    /** The same for an exclusion that says whether it is an administrator's: of those, only HNS's default has a known owner. */
    public static @Nullable Known of(ExcludedRange excluded, @Nullable PortRange dynamic) {
        Known known = of(excluded.range(), excluded.administered() ? null : dynamic);
        return known != null && excluded.administered() && known.kind() == Kind.HTTP_SYS ? null : known;
    }

    /**
     * Who is known for such a range; null where nobody is.
     *
     * @param dynamic the dynamic range of the same protocol and family, or null where it could not be read
     */
    public static @Nullable Known of(PortRange range, @Nullable PortRange dynamic) {
        boolean drawn = dynamic != null && dynamic.contains(range.first()) && dynamic.contains(range.last());
        return range.size() == BLOCK && drawn
                ? new Known(
                        "WinNAT or the Host Networking Service (containers, WSL2, Hyper-V), which take blocks of 100 in "
                                + "the dynamic range, anew at each start",
                        Kind.WINNAT,
                        "github.com/docker/for-win/issues/3171, github.com/microsoft/WSL/issues/5306")
                : BY_RANGE.get(range);
    }
}
