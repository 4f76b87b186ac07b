package dev.berth.diagnosis;

import dev.berth.diagnosis.RegistryKnowledge.Limits;
import dev.berth.diagnosis.RegistryKnowledge.Standing;
import dev.berth.net.PortRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one setting on every version of Windows.
 *
 * @param remark what is to be said of every version but those of 2000 to 2003 that it is documented for
 */
record RegistryEntry(
        String name,
        String place,
        String sets,
        Limits limits,
        String usual,
        Documented documented,
        String remark,
        String takesEffect,
        @Nullable String source) {
    /** For which versions. */
    private enum Documented {
        UNTIL_2003_THEN_NETSH("Windows 2000, XP and Server 2003"),
        UNTIL_2003("Windows 2000, XP and Server 2003"),
        ON_XP("Windows XP"),
        NOWHERE(null),
        SINCE_10("Windows 10 and Server 2016 and later");

        private final @Nullable String versions;

        Documented(@Nullable String versions) {
            this.versions = versions;
        }

        private Standing on(int major) {
            boolean here = switch (this) {
                case UNTIL_2003_THEN_NETSH, UNTIL_2003, ON_XP -> major == 5;
                case NOWHERE -> false;
                case SINCE_10 -> major >= 10;
            };
            boolean replaced = this == UNTIL_2003_THEN_NETSH && major > 5;
            return here ? Standing.DOCUMENTED_HERE : replaced ? Standing.REPLACED_BY_NETSH : Standing.NOT_KNOWN;
        }
    }

    private static final String TCPIP = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";
    private static final String HNS = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\hns\\State";
    private static final String RESTART = "at the next start of Windows";
    private static final String RESTART_HNS = "when the service hns starts";
    private static final String PAGES = "https://learn.microsoft.com/troubleshoot/";
    private static final String XP = PAGES + "windows-client/networking/tcpip-and-nbt-configuration-parameters";
    private static final String UNPROVEN = "No source shows that this version reads it; only users' guides say so.";
    private static final Limits ANY_NUMBER = new Limits.Within(0, 0xffff_ffffL);
    private static final Limits PORT = new Limits.Within(0, PortRange.ALL.last());

    static final List<RegistryEntry> ALL = List.of(
            new RegistryEntry(
                    "MaxUserPort",
                    TCPIP,
                    "the highest port of automatic choice, which starts at 1025",
                    new Limits.Within(5000, 65_534),
                    "5000",
                    Documented.UNTIL_2003_THEN_NETSH,
                    "Since Windows Vista and Server 2008 netsh sets the first port of the dynamic range and how "
                            + "many there are, as berth range set does; no source shows that the value is still "
                            + "read.",
                    RESTART,
                    PAGES + "windows-client/networking/connect-tcp-greater-than-5000-error-wsaenobufs-10055"),
            new RegistryEntry(
                    "TcpTimedWaitDelay",
                    TCPIP,
                    "how many seconds a closed connection stays in TIME_WAIT",
                    new Limits.Within(30, 300),
                    "240 on Windows 2000; 120 for IPv4 and 240 for IPv6 on XP and Server 2003; pages about later "
                            + "versions contradict each other, from 30 to 240",
                    Documented.UNTIL_2003,
                    UNPROVEN,
                    RESTART,
                    XP),
            new RegistryEntry(
                    "TcpNumConnections",
                    TCPIP,
                    "how many connections there may be at once; not a setting of ports",
                    new Limits.Within(0, 0xff_fffe),
                    "16777214",
                    Documented.ON_XP,
                    UNPROVEN,
                    RESTART,
                    XP),
            new RegistryEntry(
                    "ReservedPorts",
                    TCPIP,
                    "ports that automatic choice passes over",
                    new Limits.Runs(),
                    "none",
                    Documented.UNTIL_2003_THEN_NETSH,
                    "Since Windows Vista and Server 2008 netsh excludes ports, as berth reserve does; no source shows "
                            + "that the value is still read.",
                    RESTART,
                    PAGES + "windows-server/networking/reserve-a-range-of-ephemeral-ports"),
            new RegistryEntry(
                    "StrictTimeWaitSeqCheck",
                    TCPIP,
                    "by its name, whether a connection in TIME_WAIT is taken over by sequence numbers only",
                    ANY_NUMBER,
                    "not known",
                    Documented.NOWHERE,
                    "It is known from tuning scripts only.",
                    RESTART,
                    null),
            new RegistryEntry(
                    "EnableExcludedPortRange",
                    HNS,
                    "whether the Host Networking Service excludes its own block, 50000-50059 with a star",
                    new Limits.Within(0, 1),
                    "1, as users note",
                    Documented.NOWHERE,
                    "It is advertised as the cure for blocks of 100 excluded ports; those are WinNAT's, and a "
                            + "published transcript still shows them right after it was set.",
                    RESTART,
                    null),
            hns("ExcludedPortRangeStartPort", "the first port of that block", "50000, as users note"),
            hns("ExcludedPortRangePortCount", "how many ports that block has", "60, as users note"),
            hns("PreallocatePortRangeTCPStartPort", "the first TCP port that it takes at once", "not known"),
            hns("PreallocatePortRangeTCPPortCount", "how many TCP ports it takes at once", "not known"),
            hns("PreallocatePortRangeUDPStartPort", "the first UDP port that it takes at once", "not known"),
            hns("PreallocatePortRangeUDPPortCount", "how many UDP ports it takes at once", "not known"),
            shared("AutoReusePortRangeStartPort", "the first port that outgoing connections share"),
            shared("AutoReusePortRangeNumberOfPorts", "how many ports outgoing connections share"));

    private static RegistryEntry hns(String name, String sets, String usual) {
        return new RegistryEntry(
                name,
                HNS,
                sets,
                PORT,
                usual,
                Documented.NOWHERE,
                "It is known from users' notes about the Host Networking Service only.",
                RESTART_HNS,
                null);
    }

    /** A pair that is no value of the registry. */
    private static RegistryEntry shared(String name, String sets) {
        return new RegistryEntry(
                name,
                "Set-NetTCPSetting",
                sets,
                PORT,
                "0: there is no such range, and they draw from the dynamic range",
                Documented.SINCE_10,
                "It is for sockets with SO_REUSE_UNICASTPORT and for every connect without a bind. A program chooses that "
                        + "option, or SO_PORT_SCALABILITY (all ports for each local address), by itself, and no table shows it; "
                        + "Java has neither.",
                "at once",
                "https://learn.microsoft.com/powershell/module/nettcpip/set-nettcpsetting");
    }

    RegistryKnowledge on(String release) {
        Standing standing = documented.on(major(release));
        boolean asDocumented = standing == Standing.DOCUMENTED_HERE && documented != Documented.SINCE_10;
        return new RegistryKnowledge(
                name,
                place,
                sets,
                limits,
                usual,
                documented.versions,
                standing,
                asDocumented ? "It is documented for this version." : remark,
                takesEffect,
                source);
    }

    /** 5 is Windows 2000 to Server 2003, 6 Vista to 8.1, 10 all later ones; 0 where it is none of them. */
    private static int major(String release) {
        String number = release.split("\\.", 2)[0];
        return number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
    }
}
