package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of one incident while they come in. */
final class Gathering {
    /** Of longer lines, a piece is kept until it is masked: longer than what is shown, so that no secret is cut in two. */
    private static final int LONGEST = 16_384;

    private final LogLine first;
    private final Set<String> patterns = new HashSet<>();
    private final LineForm form; // of the first
    private LogLine says; // the line that is shown: the first with an error
    private int tellsAt;
    private @Nullable Instant lastAt;
    private long lastLine;
    private boolean stirred = true; // a line came since it was last laid to rest
    private @Nullable Product product;
    private Operation operation;
    private @Nullable Operation frame; // as the stack frames tell it
    private @Nullable LoggedError error;
    private @Nullable LoggedEndpoint local;
    private @Nullable LoggedEndpoint remote;
    private @Nullable Protocol protocol;
    private @Nullable LoggedSystem system;
    private boolean refusedByProduct;

    Gathering(Clue clue, LogLine line) {
        first = line;
        form = clue.form();
        says = line;
        tellsAt = clue.at();
        lastAt = line.at();
        lastLine = line.number();
        operation = clue.operation();
        learn(clue);
        patterns.add(clue.pattern());
    }

    long lastLine() {
        return lastLine;
    }

    boolean isStirred() {
        return stirred;
    }

    void rest() {
        stirred = false;
    }

    boolean takes(Clue clue, LogLine line) {
        long distance = line.number() - lastLine; // below 0 where another log has begun
        boolean continued = clue.form().goesOnWith(form)
                || clue.form().flow() == LineForm.Flow.EXCEPTION && distance == 1 && form.flow() == LineForm.Flow.OWN;
        int reach = !continued ? Joiner.REACH : isFrame(clue) ? Joiner.FRAME_REACH : Joiner.TRACE_REACH;
        return distance >= 0
                && distance <= reach
                && isNear(clue, line)
                && (continued || !patterns.contains(clue.pattern()))
                && (frame == null || !isFrame(clue) || areOne(frame, clue.operation()))
                && agrees(clue);
    }

    /** Whether the line may be of the same process, and was written at about the same time. */
    private boolean isNear(Clue clue, LogLine line) {
        return form.mayBeOfWriterOf(clue.form())
                && (lastAt == null
                        || line.at() == null
                        || Duration.between(lastAt, line.at()).abs().compareTo(Joiner.APART) <= 0);
    }

    /** Whether the line tells the call of the failure above it, as a stack frame does. */
    private static boolean isFrame(Clue clue) {
        return clue.joins() == Clue.Joins.ABOVE && clue.operation() != Operation.UNKNOWN;
    }

    private boolean agrees(Clue clue) {
        return areKin(product, clue.product())
                && (error == null
                        || clue.error() == null
                        || error.refusal() == clue.error().refusal())
                && (clue.joins() == Clue.Joins.ABOVE || areOne(operation, clue.operation()))
                && (local == null || clue.local() == null || local.agreesWith(clue.local()))
                && (remote == null || clue.remote() == null || remote.agreesWith(clue.remote()))
                && (protocol == null || clue.protocol() == null || protocol == clue.protocol());
    }

    private static boolean areOne(Operation one, Operation other) {
        return one == other
                || one == Operation.UNKNOWN
                || other == Operation.UNKNOWN
                || one.wantsPort() && other.wantsPort();
    }

    private static boolean areKin(@Nullable Product one, @Nullable Product other) {
        return one == null
                || other == null
                || one.name().equals(other.name())
                || one.on().contains(other.name())
                || other.on().contains(one.name());
    }

    /** Whether a line so far above, of the same product, tells what the lines so far lack: an end, or near by the call. */
    boolean isCompletedBy(Clue lead, LogLine line) {
        long distance = first.number() - line.number();
        boolean missing = distance >= 0
                && (lacksPortOf(local, lead.local())
                        || lacksPortOf(remote, lead.remote())
                        || operation == Operation.UNKNOWN && distance <= Joiner.FRAME_REACH);
        return missing && isNear(lead, line) && isOfSame(lead, distance) && agrees(lead);
    }

    /** Whether the line above is of whom the error is of: another program on the same runtime would lend it a port. */
    private boolean isOfSame(Clue lead, long distance) {
        if (product == null || lead.product() == null) {
            return false;
        }
        return product.name().equals(lead.product().name())
                || product.on().contains(lead.product().name())
                || lead.product().on().contains(product.name()) && isTrace(distance);
    }

    /** Whether the first line is part of the trace of what stands so far above it. */
    private boolean isTrace(long distance) {
        return switch (form.flow()) {
            case OWN -> false;
            case EXCEPTION -> distance == 1;
            case INDENTED, CONTINUED -> true;
        };
    }

    private static boolean lacksPortOf(@Nullable LoggedEndpoint known, @Nullable LoggedEndpoint lead) {
        return lead != null && (known == null || known.port() == null && lead.port() != null);
    }

    void lead(Clue clue) {
        Operation known = operation;
        learn(clue);
        operation = known == Operation.UNKNOWN ? clue.operation() : known;
    }

    void add(Clue clue, LogLine line) {
        if (error == null && clue.error() != null && clue.joins() == Clue.Joins.ALONE) {
            says = line;
            tellsAt = clue.at();
        }
        learn(clue);
        if (isFrame(clue)) {
            frame = clue.operation();
        }
        if (isFrame(clue) || operation == Operation.UNKNOWN) {
            operation = clue.operation();
        }
        patterns.add(clue.pattern());
        lastLine = Math.max(lastLine, line.number());
        lastAt = line.at() == null ? lastAt : line.at();
        stirred = true;
    }

    private void learn(Clue clue) {
        if (product == null || clue.product() != null && clue.product().on().contains(product.name())) {
            product = clue.product() == null ? product : clue.product();
        }
        error = error == null ? clue.error() : error.and(clue.error());
        local = local == null ? clue.local() : local.and(clue.local());
        remote = remote == null ? clue.remote() : remote.and(clue.remote());
        protocol = protocol == null ? clue.protocol() : protocol;
        system = system == null ? clue.system() : system;
        refusedByProduct |= clue.refusedByProduct();
    }

    Incident incident() {
        boolean guess = local == null || local.port() == null;
        boolean server = operation != Operation.CONNECT;
        int from = Math.max(0, tellsAt - LONGEST / 2);
        String text = says.text();
        return new Incident(
                product == null ? null : product.name(),
                product == null ? List.of() : product.on(),
                operation,
                error,
                local,
                remote,
                protocol,
                system,
                guess && server && product != null ? product.ports() : List.of(),
                refusedByProduct,
                text.substring(from, Math.min(text.length(), from + LONGEST)),
                tellsAt - from,
                first.number(),
                lastLine,
                first.at());
    }
}
