package dev.berth.linux.processes;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the processes that hold sockets, and says what it means when there is none. */
public final class OwnerSearch {
    private static final int SHOWN = 3;

    private final OwnerQuery query;
    private final Owners.Builder holders = new Owners.Builder();
    private final InodeSet held = new InodeSet();
    private final List<Integer> hidden = new ArrayList<>();
    private boolean stoppedEarly;

    private OwnerSearch(OwnerQuery query) {
        this.query = query;
    }

    /** Walks the descriptors of every process, or as far as the query wants. */
    public static Owners find(Kernel kernel, OwnerQuery query) throws HostReadException {
        var search = new OwnerSearch(query);
        kernel.descriptors(query, search.new Tally());
        return search.conclude(kernel.files());
    }

    private final class Tally implements DescriptorSink {
        @Override
        public void holds(int pid, long inode) {
            holders.add(inode, pid);
            held.add(inode);
        }

        @Override
        public void hidden(int pid) {
            hidden.add(pid);
        }

        @Override
        public void stoppedEarly() {
            stoppedEarly = true;
        }
    }

    private Owners conclude(KernelFiles files) {
        var privileges = Privileges.read(files);
        hidden.removeIf(pid -> isKernelThread(files, pid)); // they hold no descriptors: nothing is missing
        var gaps = new ArrayList<Gap>();
        if (!hidden.isEmpty()) {
            gaps.add(new Gap(hiddenProcesses(hidden, privileges), whyHidden(hidden, privileges)));
        }
        if (privileges.concealed()) {
            gaps.add(new Gap(
                    "processes of other users",
                    "/proc is mounted with " + privileges.hidepid() + ", and berth runs without CAP_SYS_PTRACE;"
                            + " run it as root"));
        }
        boolean outsideMatters = !privileges.initialPidNamespace() && somebodyIsMissing() && !stoppedEarly;
        if (outsideMatters) {
            gaps.add(new Gap(
                    "processes outside of this pid namespace",
                    "berth runs in a container of its own; run it on the host, or with the host's pid namespace"));
        }
        boolean complete = !stoppedEarly && gaps.isEmpty();
        return holders.build(complete, reasonForNobody(privileges), gaps);
    }

    private Owner.Reason reasonForNobody(Privileges privileges) {
        if (stoppedEarly) {
            return Owner.Reason.NOT_LOOKED;
        }
        if (!hidden.isEmpty() || privileges.concealed()) {
            return Owner.Reason.NOT_PERMITTED;
        }
        return privileges.initialPidNamespace() ? Owner.Reason.NO_DESCRIPTOR : Owner.Reason.OTHER_PID_NAMESPACE;
    }

    private boolean somebodyIsMissing() {
        InodeSet wanted = query.inodes();
        return wanted != null && held.size() < wanted.size();
    }

    private static String hiddenProcesses(List<Integer> hidden, Privileges privileges) {
        String count = hidden.size() == 1 ? "1 process" : hidden.size() + " processes";
        return "descriptors of " + count + (privileges.missingCapabilities().isEmpty() ? "" : " of other users");
    }

    private static String whyHidden(List<Integer> hidden, Privileges privileges) {
        return privileges.missingCapabilities().isEmpty()
                ? "the system hides them even from root, as a sandbox may: pid " + firstOf(hidden)
                : "berth runs without " + String.join(" and ", privileges.missingCapabilities()) + "; run it as root";
    }

    private static String firstOf(List<Integer> pids) {
        String some = pids.stream().sorted().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return pids.size() > SHOWN ? some + "…" : some;
    }

    private static boolean isKernelThread(KernelFiles files, int pid) {
        try {
            byte[] text = files.read("/proc/" + pid + "/stat");
            ProcStat stat = text == null ? null : ProcStat.parse(text);
            return stat != null && stat.kernelThread();
        } catch (IOException e) {
            return false;
        }
    }
}
