package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything answers without privilege; what is missing is named, and the exit codes stay the same. */
class WithoutPrivilegeTest {
    private final Stage stage = new Stage();
    private final Nobody nobody;

    WithoutPrivilegeTest(@TempDir Path folder) throws Exception {
        nobody = Nobody.in(folder);
    }

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private static void assertOwnersAreAGap(Answer answer, String owner) {
        assertThat(answer.at(owner + "/process").isNull()).isTrue();
        assertThat(answer.text(owner + "/noProcess")).isEqualTo("notPermitted");
        assertThat(answer.texts("/gaps", "/what")).anyMatch(what -> what.startsWith("descriptors of "));
        assertThat(answer.texts("/gaps", "/why")).anyMatch(why -> why.contains("CAP_SYS_PTRACE"));
    }

    @Test
    void a_privileged_port_is_excluded_and_a_free_one_is_free() throws Exception {
        Answer privileged = nobody.ask(stage, "why 80");

        assertThat(privileged.text("/verdict")).isEqualTo("excluded");
        assertThat(privileged.code()).isEqualTo(1);
        assertThat(privileged.at("/excluded").asBoolean()).isTrue();
        assertThat(privileged.texts("/proof", "/errno/name")).containsOnly("EACCES");
        assertThat(privileged.text("/clause")).contains("CAP_NET_BIND_SERVICE", "below 1024");
        assertThat(privileged.texts("/fixes", "/id")).containsExactly("grant-bind-capability", "choose-another-port");
        stage.set("ipv4/ip_unprivileged_port_start", "80");
        Answer free = nobody.ask(stage, "why 80");
        assertThat(free.text("/verdict")).isEqualTo("free");
        assertThat(free.code()).isZero();
    }

    @Test
    void without_a_probe_a_privileged_port_depends_on_who_starts_the_server() throws Exception {
        Answer why = nobody.ask(stage, "why 80 --no-probe");

        assertThat(why.text("/verdict")).isEqualTo("excluded");
        assertThat(why.at("/listenable").isNull()).isTrue();
        assertThat(why.code()).isEqualTo(4);
    }

    @Test
    void what_others_have_changed_is_hidden_and_not_nothing() throws Exception {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(nobody.state().resolve("changes.jsonl"), ownerOnly);
        Answer changes = nobody.ask(stage, "changes");
        assertThat(changes.code()).isZero();
        assertThat(changes.texts("/gaps", "/what")).contains("changes of settings");
        assertThat(nobody.run(stage, "changes").out()).doesNotContain("nothing");
        for (String line : new String[] {"changes 1", "rollback --yes", "confirm 1"}) {
            assertThat(nobody.run(stage, line).code()).as(line).isEqualTo(3);
        }
    }

    @Test
    void sockets_are_seen_and_their_owners_are_a_gap() throws Exception {
        stage.listener(LOOPBACK, 40_001);
        stage.socket().bind(Stage.at(LOOPBACK, 1433));

        Answer why = nobody.ask(stage, "why 40001");
        assertThat(why.text("/verdict")).isEqualTo("listener");
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.at("/holdersComplete").asBoolean()).isFalse();
        assertOwnersAreAGap(why, "/holders/0");

        Answer bound = nobody.ask(stage, "why 1433");
        assertThat(bound.text("/verdict")).isEqualTo("bound-only");

        Answer who = nobody.ask(stage, "who 40001");
        assertThat(who.code()).isEqualTo(1);
        assertOwnersAreAGap(who, "/holders/0");

        Answer list = nobody.ask(stage, "list");
        assertThat(list.code()).isZero();
        assertThat(list.texts("/sockets", "/state")).containsExactlyInAnyOrder("LISTEN", "BOUND");
        assertOwnersAreAGap(list, "/sockets/0");

        Answer doctor = nobody.ask(stage, "doctor");
        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.findings("listener-in-dynamic-range")).hasSize(1);
        assertThat(doctor.findings("bound-only-holder")).hasSize(1);
        assertThat(doctor.texts("/gaps", "/what")).anyMatch(what -> what.startsWith("descriptors of "));
    }

    @Test
    void settings_are_no_secret() throws Exception {
        stage.set("ipv4/ip_local_reserved_ports", "40001");

        Answer ranges = nobody.ask(stage, "ranges");

        assertThat(ranges.code()).isZero();
        Answer asRoot = stage.ask("ranges"); // from outside, where what the next start sets is a gap
        assertThat(ranges.at("/tcp")).isEqualTo(asRoot.at("/tcp"));
        assertThat(ranges.at("/udp")).isEqualTo(asRoot.at("/udp"));
        assertThat(ranges.at("/gaps").isEmpty()).isTrue();
    }

    @Test
    void a_namespace_that_may_not_be_entered_is_refused_with_three() throws Exception {
        Nobody.Result ran = nobody.run(stage, "doctor --netns 1");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).as(ran.err()).hasSize(3);
        assertThat(ran.err())
                .startsWith("berth: cannot enter the network namespace")
                .contains("sudo");
    }

    @Test
    void a_connection_of_another_user_is_not_destroyed_and_the_capability_is_named() throws Exception {
        stage.clientThatDrew(1433);

        Answer free = nobody.ask(stage, "free 1433 --yes");

        assertThat(free.code()).isEqualTo(3);
        assertThat(free.text("/outcome")).isEqualTo("notPermitted");
        assertThat(free.text("/why")).contains("CAP_NET_ADMIN");
        assertThat(free.texts("/acts", "/outcome")).containsExactly("notPermitted");
        assertThat(stage.ask("why 1433").text("/verdict")).isEqualTo("client");
    }

    @Test
    void a_listener_of_another_user_is_not_ended_on_a_guess() throws Exception {
        stage.listener(LOOPBACK, 1433);

        Answer free = nobody.ask(stage, "free 1433 --yes");

        assertThat(free.code()).isEqualTo(3);
        assertThat(free.text("/why")).contains("hidden from this user");
        assertThat(free.text("/next")).contains("sudo");
        assertThat(free.at("/acts").isEmpty()).isTrue();
    }
}
