package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.net.Given;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final PortSet ONE = PortSet.of(new PortRange(65_535, 65_535));

    @Test
    void they_are_the_ports_of_the_set_and_each_knows_its_index() {
        Cases.of(Given::portSet).seed(Cases.fresh()).forEach(some -> {
            PortSet set = some.plus(ONE);
            var candidates = new Candidates(set);
            assertThat(candidates.size()).isEqualTo(set.size());
            int[] ports = set.ports().toArray();
            for (int i = 0; i < ports.length; i++) {
                assertThat(candidates.port(i)).isEqualTo(ports[i]);
                assertThat(candidates.indexOf(ports[i])).isEqualTo(i);
            }
        });
    }

    @Test
    void a_port_that_is_no_candidate_has_no_index() {
        Cases.of(random -> new PortSet[] {Given.portSet(random), Given.portSet(random)})
                .seed(Cases.fresh())
                .forEach(sets -> {
                    PortSet set = sets[0].plus(ONE);
                    var candidates = new Candidates(set);
                    sets[1].minus(set)
                            .ports()
                            .forEach(
                                    port -> assertThat(candidates.indexOf(port)).isNegative());
                    assertThat(candidates.indexOf(0)).isNegative();
                });
    }

    @Test
    void a_layer_has_the_candidates_that_are_in_the_set() {
        Cases.of(random -> new PortSet[] {Given.portSet(random), Given.portSet(random)})
                .seed(Cases.fresh())
                .forEach(sets -> {
                    PortSet set = sets[0].plus(ONE);
                    var candidates = new Candidates(set);
                    PortBits layer = candidates.layer(sets[1]);
                    for (int i = 0; i < candidates.size(); i++) {
                        assertThat(layer.get(i)).isEqualTo(sets[1].contains(candidates.port(i)));
                    }
                });
    }

    @Test
    void all_ports_fit() {
        var candidates = new Candidates(PortSet.of(PortRange.ALL));
        assertThat(candidates.size()).isEqualTo(65_535);
        assertThat(candidates.port(65_534)).isEqualTo(65_535);
        assertThat(candidates.indexOf(65_535)).isEqualTo(65_534);
    }
}
