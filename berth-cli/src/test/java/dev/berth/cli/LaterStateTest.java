package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.Build;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.FakeTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later version would write, in the hands of this one: what docs/journal.md and docs/policy.md promise. */
class LaterStateTest {
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";

    private final FakeTuning tuning =
            new FakeTuning().running(RESERVED, "").running("net.ipv4.ip_local_port_range", "32768 60999");
    private final FakeHostNetwork host =
            FakeHostNetwork.with("0.0.0.0:80 LISTEN web(4200020)").tuning(tuning);

    @TempDir
    private Path folder;

    @BeforeEach
    void make_a_change_with_this_version() {
        assertThat(run("reserve 1433 --yes").code()).isZero();
    }

    private Ran run(String line) {
        return Ran.on(FakeHostProvider.of(host), Map.of("BERTH_STATE", folder.toString()), line.split(" ", -1));
    }

    private Path journal() {
        return folder.resolve("changes.jsonl");
    }

    private void laterVersionWrites() throws IOException {
        Files.writeString(journal(), """
                {"schema":"berth.change/2","event":"woven","id":2,"at":"2027-01-02T03:04:05Z","berth":"0.2.0+0123456789ab"}
                {"schema":"berth.change/1","event":"doing","id":2,"at":"2027-01-02T03:04:05Z","step":0}
                {"schema":"berth.change/2","event":"warped","id":2}
                """, StandardOpenOption.APPEND);
    }

    @Test
    void fields_that_came_later_are_read_over() throws IOException {
        String all = Files.readString(journal());
        Files.writeString(
                journal(),
                all.replace("\"event\":", "\"later\":{\"a\":[1.5,null,true]},\"event\":")
                        .replace("\"setting\":", "\"unit\":\"ports\",\"setting\":"));
        assertThat(run("changes").out()).contains("in force").doesNotContain("Not seen");
        assertThat(run("rollback 1 --yes").code()).isZero();
        assertThat(run("changes").out()).contains("taken back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reserve 5432 --yes", "reserve 5432", "rollback 1 --yes", "confirm 1", "changes 2"})
    void a_later_journal_refuses_a_change_and_says_who_can_make_it(String line) throws IOException {
        laterVersionWrites();
        byte[] before = Files.readAllBytes(journal());
        Ran ran = run(line);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("""
                berth: a newer Berth has changed this host, so this one changes nothing
                  why   line 5 of %1$s is berth.change/2: Berth 0.2.0+0123456789ab wrote it, and this one, %2$s, cannot read it
                  next  use Berth 0.2.0+0123456789ab or a later one; or move %1$s away and keep it: what it tells cannot be rolled back then. Looking works as it is
                """.formatted(journal(), Build.here()));
        assertThat(journal()).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "why 80", "who 80", "list", "ranges", "suggest", "plan reserve 5432"})
    void looking_needs_no_journal(String line) throws IOException {
        Ran before = run(line);
        laterVersionWrites();
        Ran after = run(line);
        assertThat(after.err()).isEmpty();
        assertThat(after.code()).isEqualTo(before.code());
    }

    @Test
    void what_a_policy_wants_is_checked_without_the_journal_and_not_made_so() throws IOException {
        Path policy = Files.writeString(folder.resolve("berth.yaml"), "services:\n  - {name: db, port: 5432}\n");
        laterVersionWrites();
        assertThat(run("ensure " + policy + " --check").out()).contains("db: 5432 is not reserved");
        Ran ran = run("ensure " + policy + " --yes");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("berth: a newer Berth has changed this host");
    }

    @Test
    void changes_tells_what_it_can_read_and_what_it_cannot() throws IOException {
        laterVersionWrites();
        Ran list = run("changes");
        assertThat(list.code()).as(list.err()).isZero();
        assertThat(list.out())
                .contains("in force  reserve 1433 --yes")
                .contains("what a newer Berth changed: line 5 of ", "Berth 0.2.0+0123456789ab wrote it");
        assertThat(run("changes --json").out()).contains("\"id\":1,", "\"what\":\"what a newer Berth changed\"");

        Ran one = run("changes 1");
        assertThat(one.code()).isZero();
        assertThat(one.out()).contains("Change 1: berth reserve 1433 --yes");
        assertThat(one.err()).contains("Berth 0.2.0+0123456789ab wrote it", "may be out of date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"berth\":{\"version\":\"0.7.0\"}", ",\"berth\":7"})
    void a_later_version_that_does_not_say_its_name_is_a_newer_one(String name) throws IOException {
        Files.writeString(journal(), "{\"schema\":\"berth.change/7\"" + name + "}\n", StandardOpenOption.APPEND);
        assertThat(run("rollback 1 --yes").err())
                .contains("is berth.change/7: a newer Berth wrote it", "use the newer Berth; or move ");
    }

    @Test
    void acts_of_a_later_version_are_counted() throws IOException {
        Files.writeString(folder.resolve("acts.jsonl"), "{\"schema\":\"berth.act/2\",\"id\":\"1\"}\n");
        assertThat(run("changes").out()).contains("one is none that this berth understands");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ensure %s --yes", "ensure %s --check", "policy check %s"})
    void a_policy_of_a_later_version_is_refused_whole_with_the_place_of_what_is_unknown(String line)
            throws IOException {
        Path policy = Files.writeString(
                folder.resolve("berth.yaml"), "services:\n  - {name: db, port: 5432}\nlocalPorts:\n  pool: 4\n");
        int written = tuning.asked().size();
        Ran ran = run(line.formatted(policy));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(policy + ":3:1", "unknown key 'localPorts'", "services, dynamicRange");
        assertThat(tuning.asked()).hasSize(written);
    }
}
