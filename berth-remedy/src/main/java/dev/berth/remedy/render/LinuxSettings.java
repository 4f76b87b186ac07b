package dev.berth.remedy.render;

import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortRange;
import dev.berth.platform.ReservedList;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.Policy.TimeWaitReuse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy as settings of Linux, in the order in which they are to be set: ports are reserved before a wider range could hand
 * them out.
 */
record LinuxSettings(List<Assignment> assignments) {
    static final String RANGE = "net.ipv4.ip_local_port_range";

    /** A setting and its value, digits and signs of separation only. */
    record Assignment(String setting, String value) {
        /** As files of sysctl.d have it. */
        String line() {
            return setting + " = " + value;
        }

        /** Its file below {@code /proc/sys}. */
        String path() {
            return "/proc/sys/" + setting.replace('.', '/');
        }
    }

    static LinuxSettings of(Policy policy) {
        var all = new ArrayList<Assignment>();
        if (!policy.ports().isEmpty()) {
            all.add(new Assignment(Reservation.SETTING, policy.ports().toString()));
        }
        PortRange range = policy.dynamicRange().linux();
        if (range != null) {
            all.add(new Assignment(RANGE, range.first() + " " + range.last()));
        }
        if (policy.timeWaitReuse() != null) {
            all.add(new Assignment(TimeWaitReuse.SETTING, policy.timeWaitReuse().value()));
        }
        return new LinuxSettings(List.copyOf(all));
    }

    /** Each assignment on a line of its own, after {@code before}; every line ended. */
    String lines(String before) {
        return assignments.stream().map(one -> before + one.line() + "\n").collect(Collectors.joining());
    }

    boolean reserves() {
        return assignments.stream().anyMatch(one -> one.setting().equals(Reservation.SETTING));
    }

    /** Whether the list of reserved ports is more than one write takes. */
    boolean longerThanOneWrite() {
        return assignments.stream()
                .anyMatch(one ->
                        one.setting().equals(Reservation.SETTING) && ReservedList.isLongerThanOneWrite(one.value()));
    }
}
