package dev.berth.net.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.rule.BindPrediction.Allowed;
import dev.berth.net.rule.BindPrediction.Depends;
import dev.berth.net.rule.BindPrediction.Refused;
import dev.berth.net.rule.TruthTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rule against everything that one kernel answered. */
final class LinuxTruthTableTest {
    private static final List<Row> TABLE = TruthTable.rows();

    @Test
    void every_row_of_the_table_is_foretold() {
        int refused = 0;
        for (Row row : TABLE) {
            BindPrediction prediction = predict(row.wanted(), row.existing());

            assertThat(prediction).as("%s", row).isInstanceOf(row.bound() ? Allowed.class : Refused.class);
            refused += row.bound() ? 0 : 1;
        }
        assertThat(TABLE).hasSize(16_992);
        System.out.printf(
                "bind rule: %,d of %,d rows foretold, of them %,d refusals%n", TABLE.size(), TABLE.size(), refused);
    }

    @Test
    void a_bind_that_succeeds_is_followed_by_a_listen_that_succeeds() {
        assertThat(TABLE)
                .filteredOn(Row::bound)
                .extracting(row -> row.column("listen_result"))
                .containsOnly("OK");
    }

    @Test
    void a_socket_that_was_only_bound_listens_if_it_could_bind_beside_the_listener() {
        int asked = 0;
        for (Row row : TABLE) {
            String listened = row.column("existing_listen_after_new");
            if (listened.isEmpty()) {
                continue;
            }
            assertThat(predict(row.existingAsWanted(), row.newAsListener()))
                    .as("%s", row)
                    .isInstanceOf(listened.equals("OK") ? Allowed.class : Refused.class);
            asked++;
        }
        assertThat(asked).isEqualTo(873);
    }

    @Test
    void with_options_hidden_the_answer_is_right_or_names_both_outcomes() {
        int depends = 0;
        for (Row row : TABLE) {
            Holding hidden = known(row.existing(), Sharing.UNKNOWN, Flag.UNKNOWN, null);
            BindPrediction prediction = predict(row.wanted(), hidden);

            if (prediction instanceof Depends answer) {
                depends++;
                assertThat(answer.on()).as("%s", row).isNotEmpty().doesNotHaveDuplicates();
                if (!row.bound()) {
                    assertThat(answer.otherwise()).as("%s", row).isEqualTo(withoutUser(row));
                }
            } else {
                assertThat(prediction).as("%s", row).isInstanceOf(row.bound() ? Allowed.class : Refused.class);
            }
        }
        System.out.printf("bind rule: with options hidden, %,d of %,d rows depend on them%n", depends, TABLE.size());
    }

    /** The refusal names its clause without knowing the user; all rows are of one user, so the clause is the same. */
    private static BindPrediction withoutUser(Row row) {
        return predict(row.wanted(), row.existing());
    }

    @Test
    void the_answer_depends_only_on_what_decides() {
        for (Row row : TABLE) {
            Holding hidden = known(row.existing(), Sharing.UNKNOWN, Flag.UNKNOWN, null);
            boolean somePass = suppositions(hidden).anyMatch(held -> predict(row.wanted(), held) instanceof Allowed);
            boolean someFail = suppositions(hidden).anyMatch(held -> predict(row.wanted(), held) instanceof Refused);

            assertThat(predict(row.wanted(), hidden) instanceof Depends)
                    .as("%s", row)
                    .isEqualTo(somePass && someFail);
        }
    }

    @Test
    void what_is_named_as_unknown_turns_the_answer_when_it_is_known() {
        for (Row row : TABLE) {
            Holding hidden = known(row.existing(), Sharing.UNKNOWN, Flag.UNKNOWN, null);
            if (predict(row.wanted(), hidden) instanceof Depends answer) {
                Holding good = hidden;
                Holding bad = hidden;
                for (Unknown unknown : answer.on()) {
                    good = resolved(good, unknown.what(), true);
                    bad = resolved(bad, unknown.what(), false);
                }
                assertThat(predict(row.wanted(), good)).as("%s", row).isInstanceOf(Allowed.class);
                assertThat(predict(row.wanted(), bad)).as("%s", row).isInstanceOf(Refused.class);
            }
        }
    }

    /** The same socket, with what may be unknown of it. */
    private static Holding known(Holding held, Sharing sharing, Flag v6Only, @Nullable String user) {
        return new Holding(
                held.state(), held.local(), held.remote(), v6Only, sharing, user, held.device(), held.origin());
    }

    private static Holding resolved(Holding held, Unknown.What what, boolean well) {
        Sharing sharing = held.sharing();
        Flag flag = Flag.of(well);
        return switch (what) {
            case REUSE_ADDRESS ->
                known(held, new Sharing(flag, sharing.reusePort(), sharing.exclusive()), held.v6Only(), held.user());
            case REUSE_PORT ->
                known(held, new Sharing(sharing.reuseAddress(), flag, sharing.exclusive()), held.v6Only(), held.user());
            case V6_ONLY -> known(held, sharing, flag, held.user());
            case USER -> known(held, sharing, held.v6Only(), well ? TruthTable.USER : "1000");
            case EXCLUSIVE, ORDER, TIMESTAMPS, ORPHAN -> throw new AssertionError(what);
        };
    }

    private static Stream<Holding> suppositions(Holding hidden) {
        var all = new ArrayList<Holding>();
        for (Sharing sharing : List.of(Sharing.NONE, Sharing.REUSE_ADDRESS, Sharing.REUSE_PORT, Sharing.REUSE_BOTH)) {
            for (Flag v6Only : List.of(Flag.SET, Flag.CLEAR)) {
                for (String user : List.of(TruthTable.USER, "1000")) {
                    all.add(known(hidden, sharing, v6Only, user));
                }
            }
        }
        return all.stream();
    }

    private static BindPrediction predict(WantedBind wanted, Holding existing) {
        return BindRule.LINUX.predict(wanted, PortState.of(List.of(existing)));
    }
}
