package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations, and after each of them the tables and a naive model agree: no tuple is handed out that the model calls
 * taken, and none is missed that the model calls free.
 */
class TuplesModelTest {
    static Scope[] scopes() {
        return new Scope[] {Scope.FOUR_TUPLE, Scope.PORT_UNTIL_CLOSED, Scope.PORT};
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void the_tables_agree_with_a_model_made_of_sets(Scope scope) {
        Cases.of(Random::nextLong).seed(Cases.fresh()).count(150).forEach(seed -> {
            var random = new Random(seed);
            var walk = new TuplesWalk(scope, random);
            int steps = 100 + random.nextInt(400);
            for (int i = 0; i < steps; i++) {
                walk.step();
            }
            walk.end();
        });
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void every_operation_was_tried(Scope scope) { // or the test above proves little
        var all = new TuplesWalk.Tally();
        Cases.of(Random::nextLong).seed(1).count(40).forEach(seed -> {
            var walk = new TuplesWalk(scope, new Random(seed));
            for (int i = 0; i < 400; i++) {
                walk.step();
            }
            all.add(walk.tally());
        });
        assertThat(all.taken).isGreaterThan(400);
        assertThat(all.takenThoughLost).isGreaterThan(40);
        assertThat(all.none).isGreaterThan(400);
        assertThat(all.noneThoughLostOnesAreFree).isGreaterThan(40);
        assertThat(all.forgotten).isGreaterThan(40);
    }
}
