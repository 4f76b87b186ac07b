package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.Endpoints.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint of a line is whose: in a line about a bind the local one, in one about a connect the remote one, unless an
 * arrow or a word says otherwise.
 */
record Ends(@Nullable LoggedEndpoint local, @Nullable LoggedEndpoint remote) {
    private static final int BEFORE = 32; // characters before an endpoint that tell whose it is

    private static final Pattern PEER_FOLLOWS =
            Pattern.compile("\\b(?:client|peer|remote_addr)\"?[\\s:=]{1,3}[\"'\\[(]?$", Pattern.CASE_INSENSITIVE);

    private static final Pattern CALLED_FOLLOWS = Pattern.compile(
            "\\b(?:to|on|bind(?:ing)?|listen(?:ing)?|connect(?:ing)?|dial(?:ing)?(?: (?:tcp|udp)[46]?)?|upstream)\\W{1,3}$",
            Pattern.CASE_INSENSITIVE);

    static Ends in(String line, Operation operation) {
        List<Found> all = likeliestFirst(line, Endpoints.in(line));
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

    /** Those that the words of a call lead to, then the others; the peer of somebody's access is none. */
    private static List<Found> likeliestFirst(String line, List<Found> all) {
        if (all.isEmpty()) {
            return all;
        }
        var first = new ArrayList<Found>();
        var others = new ArrayList<Found>();
        for (Found found : all) {
            String before = line.substring(Math.max(0, found.start() - BEFORE), found.start());
            if (!PEER_FOLLOWS.matcher(before).find()) {
                (CALLED_FOLLOWS.matcher(before).find() ? first : others).add(found);
            }
        }
        first.addAll(others);
        return first;
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
