package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.NatRules;
import dev.berth.platform.NatRules.Destination;
import dev.berth.platform.NatRules.Rule;
import dev.berth.platform.NatRules.Target;
import dev.berth.platform.NatRules.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RedirectionTest {
    private static final Target CONTAINER = new Target.At(IpAddress.parse("172.17.0.2"), 80);
    private static final Set<IpAddress> HERE =
            Set.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("192.0.2.2"), IpAddress.parse("::1"));

    private static Rule rule(Traffic traffic, String ports, Target target, String... destinations) {
        return new Rule(
                traffic,
                Set.of(Protocol.TCP),
                PortSet.parse(ports),
                Arrays.stream(destinations).map(RedirectionTest::block).toList(),
                false,
                target,
                "rule",
                "test");
    }

    private static Rule some(Rule rule) {
        return new Rule(
                rule.traffic(),
                rule.protocols(),
                rule.ports(),
                rule.destinations(),
                true,
                rule.target(),
                "some",
                rule.source());
    }

    /** {@code 10.0.0.0/8} or {@code !10.0.0.0/8}. */
    private static Destination block(String text) {
        boolean negated = text.startsWith("!");
        String[] parts = text.substring(negated ? 1 : 0).split("/", -1);
        IpAddress network = IpAddress.parse(parts[0]);
        return new Destination(network, Integer.parseInt(parts[1]) + (network.isV4() ? 96 : 0), negated);
    }

    private static Optional<Redirection> of(String address, Rule... rules) {
        return Redirection.of(
                new NatRules(List.of(rules), HERE, List.of()), Protocol.TCP, 8080, IpAddress.parse(address));
    }

    private static String addresses(Optional<Redirection> found) {
        return found.stream()
                .flatMap(one -> one.addresses().stream())
                .map(IpAddress::toString)
                .collect(Collectors.joining(" "));
    }

    @Test
    void a_published_port_takes_what_arrives_at_the_wildcard_and_at_each_address_and_leaves_loopback() {
        Rule published = rule(Traffic.ARRIVING, "8080", CONTAINER, "0.0.0.0/0");

        assertThat(addresses(of("::", published))).isEqualTo("192.0.2.2");
        assertThat(addresses(of("0.0.0.0", published))).isEqualTo("192.0.2.2");
        assertThat(addresses(of("192.0.2.2", published))).isEqualTo("192.0.2.2");
        assertThat(of("127.0.0.1", published)).isEmpty();
    }

    @Test
    void other_ports_and_the_other_protocol_are_not_met() {
        assertThat(of("::", rule(Traffic.ARRIVING, "8081-8090", CONTAINER))).isEmpty();
        assertThat(Redirection.of(
                        new NatRules(List.of(rule(Traffic.ARRIVING, "8080", CONTAINER)), HERE, List.of()),
                        Protocol.UDP,
                        8080,
                        IpAddress.ANY_V6))
                .isEmpty();
    }

    @Test
    void a_rule_for_an_address_that_is_not_here_is_of_no_concern() {
        assertThat(of("::", rule(Traffic.ARRIVING, "8080", CONTAINER, "10.96.0.1/32")))
                .isEmpty();
        assertThat(of("::", rule(Traffic.ARRIVING, "8080", CONTAINER, "!192.0.0.0/8")))
                .isEmpty();
    }

    @Test
    void loopback_is_met_by_the_rules_for_what_programs_here_send() {
        Rule own = rule(Traffic.OWN, "8080", CONTAINER, "0.0.0.0/0");

        assertThat(addresses(of("127.0.0.1", own))).isEqualTo("127.0.0.1");
        assertThat(addresses(of("::", own))).isEqualTo("127.0.0.1 192.0.2.2");
        assertThat(of("127.0.0.1", rule(Traffic.OWN, "8080", CONTAINER, "0.0.0.0/0", "!127.0.0.0/8")))
                .isEmpty();
    }

    @Test
    void the_traffic_that_arrives_is_told_before_that_which_starts_here() {
        Rule own = rule(Traffic.OWN, "8080", CONTAINER);
        Rule arriving = some(rule(Traffic.ARRIVING, "8080", CONTAINER));

        assertThat(of("::", own, arriving)).get().extracting(Redirection::rule).isEqualTo(arriving);
    }

    @Test
    void a_rule_without_other_conditions_is_told_before_one_with_them() {
        Rule first = some(rule(Traffic.ARRIVING, "8080", CONTAINER));
        Rule all = rule(Traffic.ARRIVING, "8080", CONTAINER);

        assertThat(of("::", first)).get().extracting(Redirection::rule).isEqualTo(first);
        assertThat(of("::", first, all)).get().extracting(Redirection::rule).isEqualTo(all);
    }

    @Test
    void what_is_sent_to_the_very_port_that_was_asked_about_arrives() {
        Rule published = rule(Traffic.ARRIVING, "8080", CONTAINER);
        for (int same : List.of(0, 8080)) {
            Rule redirect = rule(Traffic.ARRIVING, "1-65535", new Target.ThisHost(same));
            assertThat(of("::", redirect)).isEmpty();
            assertThat(of("::", redirect, published)).as("it is sent once").isEmpty();
            assertThat(of("::", some(redirect), published)).isPresent();
        }
        var here = new Target.At(IpAddress.parse("127.0.0.1"), 0);
        assertThat(of("::", rule(Traffic.ARRIVING, "8080", here))).isEmpty();
        assertThat(of("192.0.2.2", rule(Traffic.ARRIVING, "8080", here))).isPresent();
        assertThat(of("::", rule(Traffic.ARRIVING, "8080", new Target.ThisHost(80))))
                .isPresent();
    }

    @Test
    void where_the_addresses_of_the_host_are_not_known_a_rule_for_all_of_them_still_counts() {
        Rule published = rule(Traffic.ARRIVING, "8080", CONTAINER, "0.0.0.0/0");
        Rule oneOnly = rule(Traffic.ARRIVING, "8080", CONTAINER, "192.0.2.2/32");

        assertThat(unknown(published))
                .get()
                .extracting(Redirection::everyAddress)
                .isEqualTo(false);
        assertThat(unknown(oneOnly)).isEmpty();
    }

    private static Optional<Redirection> unknown(Rule rule) {
        return Redirection.of(new NatRules(List.of(rule), Set.of(), List.of()), Protocol.TCP, 8080, IpAddress.ANY_V6);
    }

    @Test
    void the_target_keeps_the_port_where_the_rule_does() {
        var address = IpAddress.parse("172.17.0.2");
        assertThat(target(CONTAINER)).contains(new Endpoint(address, 80));
        assertThat(target(new Target.At(address, 0))).contains(new Endpoint(address, 8080));
        assertThat(target(new Target.ThisHost(80))).isEmpty();
        assertThat(target(new Target.Open("several"))).isEmpty();
    }

    private static Optional<Endpoint> target(Target target) {
        return of("::", rule(Traffic.ARRIVING, "8080", target)).flatMap(found -> found.target(8080));
    }

    @Test
    void a_rule_whose_ports_could_not_be_told_is_not_claimed() {
        assertThat(of("::", some(rule(Traffic.ARRIVING, "", CONTAINER)))).isEmpty();
    }
}
