package dev.berth.linux.tracing;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.LibC;
import dev.berth.platform.FailureFeed;
import dev.berth.platform.FailureQuery;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortFailure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The failures that a running kernel's events tell of. Events are the host's; which namespace one is from, its process tells. */
public final class LiveFailures implements FailureFeed {
    private final TraceInstance instance;
    private final RawPages pages;
    private final List<FailureEvent> events;
    private final Fields.Field type;
    private final Fields.Field thread;
    private final Tasks tasks;
    private final @Nullable NetworkNamespace only;
    private final List<Gap> lacking;
    private long lost;
    private long elsewhere;
    private long withoutNamespace;

    private LiveFailures(
            Kernel kernel, LibC libc, Path tracefs, FailureQuery query, TraceInstance instance, List<Gap> lacking)
            throws HostReadException {
        this.instance = instance;
        this.lacking = lacking;
        events = events(instance, query, lacking);
        var common = Fields.parse(FailedConnect.EVENT, instance.text("events/" + FailedConnect.EVENT + "/format"));
        type = common.get("common_type", Short.BYTES);
        thread = common.get("common_pid", Integer.BYTES);
        tasks = new Tasks(kernel.files(), tracefs);
        only = query.everyNamespace() ? null : kernel.namespace();
        instance.switchOn(FailedConnect.EVENT, FailedConnect.FILTER);
        for (FailureEvent event : events) {
            if (event instanceof FailedCall call) {
                instance.switchOn(FailedCall.event(call.call()), FailedCall.FILTER);
            }
        }
        pages = new RawPages(libc, PageLayout.parse(instance.text("events/header_page")), instance.rawPages());
    }

    /**
     * @param tracefs where the kernel's tracing is mounted
     */
    public static LiveFailures open(Kernel kernel, Path tracefs, FailureQuery query) throws HostReadException {
        LibC libc = kernel.calls();
        if (libc == null) {
            throw Tracefs.unknown(
                    "Berth does not know the system calls of " + System.getProperty("os.arch", "this architecture"));
        }
        TraceInstance instance = TraceInstance.make(tracefs, kernel.files());
        boolean opened = false;
        try {
            var failures = new LiveFailures(kernel, libc, tracefs, query, instance, new ArrayList<>());
            opened = true;
            return failures;
        } finally {
            if (!opened) {
                instance.close();
            }
        }
    }

    private static List<FailureEvent> events(TraceInstance instance, FailureQuery query, List<Gap> lacking)
            throws HostReadException {
        if (!instance.knows(FailedConnect.EVENT)) {
            throw Tracefs.unknown("this kernel has no event sock:inet_sock_set_state; it came with Linux 4.16");
        }
        var events = new ArrayList<FailureEvent>();
        events.add(FailedConnect.of(id(instance, FailedConnect.EVENT), fields(instance, FailedConnect.EVENT)));
        if (query.calls()) {
            for (PortFailure.Call call : List.of(PortFailure.Call.BIND, PortFailure.Call.LISTEN)) {
                String event = FailedCall.event(call);
                if (instance.knows(event)) {
                    events.add(FailedCall.of(id(instance, event), call, fields(instance, event)));
                } else {
                    lacking.add(new Gap(
                            "failed calls of " + call.label() + "()",
                            "this kernel has no event for them (CONFIG_FTRACE_SYSCALLS)"));
                }
            }
        }
        return events;
    }

    private static Fields fields(TraceInstance instance, String event) throws HostReadException {
        return Fields.parse(event, instance.text("events/" + event + "/format"));
    }

    private static int id(TraceInstance instance, String event) throws HostReadException {
        String text = instance.text("events/" + event + "/id").strip();
        if (!text.matches("[0-9]{1,5}")) {
            throw Tracefs.unknown("this kernel numbers the event " + event + " '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    @Override
    public synchronized void drain(Consumer<? super PortFailure> to) throws HostReadException {
        Instant now = Instant.now();
        long nanosNow = System.nanoTime();
        lost += pages.drain((page, at, length, nanos) -> {
            PortFailure failure = failure(page, at, length, now.plusNanos(nanos - nanosNow));
            if (failure != null) {
                to.accept(failure);
            }
        });
    }

    /** Null for one of another namespace than the one asked for. */
    private @Nullable PortFailure failure(ByteBuffer page, int at, int length, Instant when) throws HostReadException {
        FailureEvent.check(length, Math.max(type.end(), thread.end()));
        int id = Short.toUnsignedInt(page.getShort(at + type.offset()));
        for (FailureEvent event : events) {
            if (event.id() == id) {
                Tasks.Task task = tasks.of(page.getInt(at + thread.offset()));
                OptionalLong netns = task.netns();
                if (only != null && netns.isPresent() && netns.getAsLong() != only.inode()) {
                    elsewhere++;
                    return null;
                }
                withoutNamespace += netns.isPresent() ? 0 : 1;
                var told = event.decode(page, at, length);
                return new PortFailure(
                        when,
                        told.call(),
                        told.source(),
                        told.destination(),
                        task.pid(),
                        task.process(),
                        told.error(),
                        netns.isPresent() ? namespace(netns.getAsLong()) : null);
            }
        }
        return null;
    }

    private NetworkNamespace namespace(long inode) {
        return only != null ? only : new NetworkNamespace(inode, null);
    }

    @Override
    public synchronized long lost() {
        return lost;
    }

    @Override
    public synchronized long elsewhere() {
        return elsewhere;
    }

    @Override
    public synchronized List<Gap> gaps() {
        var gaps = new ArrayList<>(lacking);
        if (withoutNamespace > 0) {
            gaps.add(new Gap(
                    "the network namespace of " + withoutNamespace + (withoutNamespace == 1 ? " failure" : " failures"),
                    tasks.canBeJoined()
                            ? "the thread had ended before it was looked at; they are told whichever namespace it was in"
                            : "Berth runs in a pid namespace of its own, and events have the host's process ids; run it on"
                                    + " the host"));
        }
        if (lost > 0) {
            gaps.add(new Gap(
                    lost + (lost == 1 ? " failure" : " failures") + " or more since the watch began",
                    "they were overwritten before they were fetched, which Berth does every 20 ms: it may have been stopped,"
                            + " or got no processor time; they may be of any network namespace"));
        }
        return gaps;
    }

    @Override
    public synchronized void close() {
        pages.close();
        instance.close();
    }
}
