package dev.berth.net.rule;

import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import dev.berth.net.rule.BindPrediction.Allowed;
import dev.berth.net.rule.BindPrediction.Conflict;
import dev.berth.net.rule.BindPrediction.Depends;
import dev.berth.net.rule.BindPrediction.Refused;
import dev.berth.net.rule.PortState.Exclusion;
import dev.berth.net.rule.Unknown.What;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows since Server 2003: the table of "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE" (learn.microsoft.com, Winsock), cell
 * by cell. A connection in TIME_WAIT is in nobody's way (curl pull request 8528); what any other connection does to a bind
 * is documented only between exclusive sockets, and else inferred ({@link Clause#WINDOWS_CONNECTION}).
 *
 * <p>Who asks for which options is written in no table of sockets, so {@link Depends} is a usual answer.
 */
final class WindowsBindRule implements BindRule {
    /** What a socket asked for before its bind. */
    private enum Wish {
        DEFAULT,
        REUSE,
        EXCLUSIVE
    }

    private enum Cell {
        SUCCESS,
        INUSE,
        ACCESS
    }

    /** Everything about a socket that is there which may be unknown, supposed to be so. */
    private record Supposed(Wish first, boolean sameUser, boolean v6Only) {}

    private record Answer(BindError error, Conflict conflict) {}

    // rows: the first bind; columns: the second, each to the wildcard and then to a single address
    private static final Cell[][] SAME_USER = {
        row("INUSE SUCCESS ACCESS SUCCESS INUSE SUCCESS"), // default, wildcard
        row("SUCCESS INUSE SUCCESS ACCESS INUSE INUSE"), // default, single
        row("INUSE SUCCESS SUCCESS SUCCESS INUSE SUCCESS"), // SO_REUSEADDR, wildcard
        row("SUCCESS INUSE SUCCESS SUCCESS INUSE INUSE"), // SO_REUSEADDR, single
        row("INUSE ACCESS ACCESS ACCESS INUSE ACCESS"), // SO_EXCLUSIVEADDRUSE, wildcard
        row("SUCCESS INUSE SUCCESS ACCESS INUSE INUSE"), // SO_EXCLUSIVEADDRUSE, single
    };
    private static final Cell[][] OTHER_USER = {
        row("INUSE ACCESS ACCESS ACCESS INUSE ACCESS"),
        SAME_USER[1],
        row("INUSE ACCESS SUCCESS SUCCESS INUSE ACCESS"),
        SAME_USER[3],
        SAME_USER[4],
        SAME_USER[5],
    };

    private static Cell[] row(String cells) {
        String[] words = cells.split(" ", -1);
        var row = new Cell[words.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = Cell.valueOf(words[i]);
        }
        return row;
    }

    @Override
    public BindPrediction predict(WantedBind wanted, PortState port) {
        if (port.exclusion() == Exclusion.SYSTEM) {
            return new Refused(BindError.ACCESS_DENIED, Clause.WINDOWS_EXCLUDED_RANGE, List.of());
        }
        var sure = new ArrayList<Answer>();
        var unsure = new ArrayList<Answer>();
        var unknowns = new ArrayList<Unknown>();
        for (int index = 0; index < port.holdings().size(); index++) {
            Holding held = port.holdings().get(index);
            if (held.state() == TcpState.TIME_WAIT) {
                continue;
            }
            List<What> on = whatDecides(wanted, index, held);
            Answer worst = worst(wanted, index, held);
            if (worst != null) {
                (on.isEmpty() ? sure : unsure).add(worst);
            }
            for (What what : on) {
                unknowns.add(new Unknown(index, what));
            }
        }
        if (!sure.isEmpty()) {
            return refused(sure);
        }
        return unsure.isEmpty() ? new Allowed() : new Depends(unknowns, refused(unsure));
    }

    private static Refused refused(List<Answer> answers) {
        return Refused.by(
                answers.get(0).error, answers.stream().map(Answer::conflict).toList());
    }

    /** The first refusal among all that may be supposed; null where the bind passes in every case. */
    private static @Nullable Answer worst(WantedBind wanted, int index, Holding held) {
        for (Supposed supposed : suppositions(wanted, held)) {
            Answer answer = answer(wanted, index, held, supposed);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /** What of {@code held} is unknown and would turn a refusal into a success, or the other way round. */
    private static List<What> whatDecides(WantedBind wanted, int index, Holding held) {
        var on = new ArrayList<What>();
        List<Supposed> all = suppositions(wanted, held);
        for (Supposed one : all) {
            for (Supposed other : all) {
                What difference = onlyDifference(one, other);
                boolean decides = difference != null
                        && !on.contains(difference)
                        && (answer(wanted, index, held, one) == null) != (answer(wanted, index, held, other) == null);
                if (decides) {
                    on.add(difference);
                }
            }
        }
        return on;
    }

    private static @Nullable What onlyDifference(Supposed one, Supposed other) {
        if (one.first == other.first) {
            if (one.sameUser == other.sameUser) {
                return one.v6Only == other.v6Only ? null : What.V6_ONLY;
            }
            return one.v6Only == other.v6Only ? What.USER : null;
        }
        if (one.sameUser != other.sameUser || one.v6Only != other.v6Only) {
            return null;
        }
        boolean exclusive = one.first == Wish.EXCLUSIVE || other.first == Wish.EXCLUSIVE;
        return exclusive ? What.EXCLUSIVE : What.REUSE_ADDRESS;
    }

    private static List<Supposed> suppositions(WantedBind wanted, Holding held) {
        var all = new ArrayList<Supposed>();
        for (Wish wish : wishes(held.sharing())) {
            for (boolean sameUser : values(sameUser(wanted, held))) {
                for (boolean v6Only : values(held.v6Only())) {
                    all.add(new Supposed(wish, sameUser, v6Only));
                }
            }
        }
        return all;
    }

    private static Flag sameUser(WantedBind wanted, Holding held) {
        String user = held.user();
        return wanted.user() == null || user == null ? Flag.UNKNOWN : Flag.of(user.equals(wanted.user()));
    }

    private static List<Boolean> values(Flag flag) {
        return switch (flag) {
            case SET -> List.of(true);
            case CLEAR -> List.of(false);
            case UNKNOWN -> List.of(true, false);
        };
    }

    private static List<Wish> wishes(Sharing sharing) {
        if (sharing.exclusive() == Flag.SET) {
            return List.of(Wish.EXCLUSIVE);
        }
        List<Wish> wishes = new ArrayList<>();
        if (sharing.reuseAddress() != Flag.SET) {
            wishes.add(Wish.DEFAULT);
        }
        if (sharing.reuseAddress() != Flag.CLEAR) {
            wishes.add(Wish.REUSE);
        }
        if (sharing.exclusive() == Flag.UNKNOWN) {
            wishes.add(Wish.EXCLUSIVE);
        }
        return wishes;
    }

    private static @Nullable Answer answer(WantedBind wanted, int index, Holding held, Supposed supposed) {
        Wish second = wishes(wanted.sharing()).get(0); // whoever binds knows what it asks for
        Cell v6 = onV6(wanted, second, held, supposed);
        Cell v4 = onV4(wanted, second, held, supposed);
        if (v6 == Cell.SUCCESS && v4 == Cell.SUCCESS) {
            return null;
        }
        Clause clause = clause(wanted, second, held, supposed);
        Cell cell = v6 != Cell.SUCCESS ? v6 : v4;
        boolean single = held.remote() == null && !held.local().isAny();
        if (v6 == Cell.SUCCESS && wanted.isDualStack() && second == Wish.EXCLUSIVE && single) {
            clause = Clause.WINDOWS_DUAL_STACK;
            cell = Cell.ACCESS; // so says the page of its example, and not the table of IPv4
        }
        return new Answer(
                cell == Cell.INUSE ? BindError.ADDRESS_IN_USE : BindError.ACCESS_DENIED,
                new Conflict(index, clause, how(wanted, held)));
    }

    private static Cell onV4(WantedBind wanted, Wish second, Holding held, Supposed supposed) {
        boolean wants = wanted.address().isV4() || wanted.isDualStack();
        boolean holds = held.local().isV4() || held.local().isAny() && !supposed.v6Only;
        return wants && holds ? cell(wanted, second, held, supposed) : Cell.SUCCESS;
    }

    private static Cell onV6(WantedBind wanted, Wish second, Holding held, Supposed supposed) {
        return wanted.address().isV4() || held.local().isV4() ? Cell.SUCCESS : cell(wanted, second, held, supposed);
    }

    @SuppressWarnings("EnumOrdinal") // the table has a row and a column for each wish
    private static Cell cell(WantedBind wanted, Wish second, Holding held, Supposed supposed) {
        IpAddress wantedAddress = wanted.address();
        boolean different = !wantedAddress.isAny() && !held.local().isAny() && !wantedAddress.equals(held.local());
        if (different) {
            return Cell.SUCCESS;
        }
        Cell[][] table = supposed.sameUser ? SAME_USER : OTHER_USER;
        int row = supposed.first.ordinal() * 2 + (held.local().isAny() ? 0 : 1);
        int column = second.ordinal() * 2 + (wantedAddress.isAny() ? 0 : 1);
        return table[row][column];
    }

    private static Clause clause(WantedBind wanted, Wish second, Holding held, Supposed supposed) {
        if (held.remote() != null) {
            return second == Wish.EXCLUSIVE && supposed.first == Wish.EXCLUSIVE && held.origin() == Origin.OWNED
                    ? Clause.WINDOWS_EXCLUSIVE_CONNECTION
                    : Clause.WINDOWS_CONNECTION;
        }
        if (supposed.first == Wish.EXCLUSIVE) {
            return Clause.WINDOWS_EXCLUSIVE_HOLDER;
        }
        if (!supposed.sameUser && held.local().isAny() && !wanted.address().isAny()) {
            return Clause.WINDOWS_OTHER_USER;
        }
        return switch (second) {
            case EXCLUSIVE -> Clause.WINDOWS_EXCLUSIVE_WANTED;
            case REUSE -> Clause.WINDOWS_REUSE_REFUSED;
            case DEFAULT -> Clause.WINDOWS_TAKEN;
        };
    }

    private static Overlap how(WantedBind wanted, Holding held) {
        if (wanted.address().equals(held.local())) {
            return Overlap.SAME_ADDRESS;
        }
        return wanted.address().isAny() ? Overlap.WANTED_WILDCARD : Overlap.HELD_WILDCARD;
    }
}
