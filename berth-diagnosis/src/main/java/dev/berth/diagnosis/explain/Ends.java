package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.Endpoints.Found;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint of a line is whose: in a line about a bind the local one, in one about a connect the remote one, unless an
 * arrow or a word says otherwise.
 */
record Ends(@Nullable LoggedEndpoint local, @Nullable LoggedEndpoint remote) {
    static Ends in(String line, Operation operation) {
        List<Found> all = Endpoints.in(line);
        LoggedEndpoint local = null;
        LoggedEndpoint remote = null;
        for (Found found : all) {
            boolean own =
                    operation != Operation.CONNECT || isCalledLocal(line, found) || line.startsWith("->", found.end());
            if (own && operation != Operation.UNKNOWN && local == null) {
                local = found.endpoint();
            } else if (own && operation == Operation.UNKNOWN && local == null && isWildcard(found)) {
                local = found.endpoint();
            } else if (!own && remote == null) {
                remote = found.endpoint();
            } else if (own && local != null && local.agreesWith(found.endpoint())) {
                local = local.and(found.endpoint());
            } else if (!own && remote != null && remote.agreesWith(found.endpoint())) {
                remote = remote.and(found.endpoint());
            }
        }
        return new Ends(local, remote);
    }

    private static boolean isWildcard(Found found) {
        LoggedEndpoint endpoint = found.endpoint();
        return endpoint.host() == null
                && (endpoint.address() == null || endpoint.address().isAny());
    }

    private static boolean isCalledLocal(String line, Found found) {
        String before =
                line.substring(Math.max(0, found.start() - 16), found.start()).toLowerCase(Locale.ROOT);
        return before.contains("local") || before.contains("source") || before.endsWith("from ");
    }

    boolean isEmpty() {
        return local == null && remote == null;
    }
}
