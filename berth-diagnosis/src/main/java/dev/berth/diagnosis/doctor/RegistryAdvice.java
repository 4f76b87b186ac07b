package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.RegistryKnowledge;
import dev.berth.platform.WindowsSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of the Windows registry that tuning advice sets, where no source shows that they do anything for ports. */
final class RegistryAdvice {
    /** Java 25 runs on no older Windows, and so Berth reads none. */
    private static final String OLDEST = "10.0";

    /** Of {@link RegistryKnowledge#names}; the others are what Windows itself keeps there. */
    private static final List<String> ADVISED =
            List.of("MaxUserPort", "TcpTimedWaitDelay", "TcpNumConnections", "ReservedPorts", "StrictTimeWaitSeqCheck");

    private static final String HNS_SWITCH = "EnableExcludedPortRange";

    private RegistryAdvice() {}

    static List<OldAdvice> all() {
        var all = new ArrayList<OldAdvice>();
        ADVISED.forEach(name -> all.add(of(name, (_, _) -> true)));
        all.add(of(HNS_SWITCH, (value, _) -> value.equals("0")));
        return all;
    }

    private static OldAdvice of(String name, OldAdvice.Follows follows) {
        RegistryKnowledge known = known(name);
        String effect = switch (known.standing()) {
            case REPLACED_BY_NETSH -> "was replaced by netsh with Windows Vista and Server 2008";
            case DOCUMENTED_HERE, NOT_KNOWN -> "is not known to do anything for ports on this version of Windows";
        };
        String documented = known.documentedFor() == null
                ? ""
                : " It is documented for %s: %s.".formatted(known.documentedFor(), known.sets());
        return new OldAdvice(WindowsSetting.registry(name), follows, effect, known.verdict() + documented, null);
    }

    /** What speaks against the value even where it is read; null where nothing does, or the setting is none of these. */
    static @Nullable String objection(String setting, String value) {
        return WindowsSetting.isRegistry(setting)
                ? known(WindowsSetting.name(setting)).objection(value)
                : null;
    }

    private static RegistryKnowledge known(String name) {
        return Objects.requireNonNull(RegistryKnowledge.of(name, OLDEST), name);
    }
}
