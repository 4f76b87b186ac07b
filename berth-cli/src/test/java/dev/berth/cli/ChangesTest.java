package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.command.Surroundings;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.SourcedRange;
import dev.berth.platform.Tunable.Assignment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that change settings, as they are typed and answered, on a made-up host. */
class ChangesTest {
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final String REUSE = "net.ipv4.tcp_tw_reuse";

    private final FakeTuning tuning = new FakeTuning()
            .running(RESERVED, "8080-8090")
            .running(RANGE, "32768 60999")
            .running(REUSE, "2");
    private final FakeHostNetwork host =
            FakeHostNetwork.with("0.0.0.0:80 LISTEN web(4200020)").tuning(tuning);

    @TempDir
    private Path folder;

    private Map<String, String> environment() {
        return Map.of("BERTH_STATE", folder.resolve("state").toString(), "NO_COLOR", "1");
    }

    private Ran run(String line) {
        return Ran.on(FakeHostProvider.of(host), environment(), line.split(" ", -1));
    }

    private Ran atTerminal(String typed, String line) {
        return Ran.typing(typed, FakeHostProvider.of(host).onTerminal(80), environment(), line.split(" ", -1));
    }

    private String running(String setting) {
        return ((Reading.Value) tuning.read(setting, Place.RUNNING)).text();
    }

    @Test
    void a_change_is_shown_agreed_to_made_and_read_back() {
        Ran ran = atTerminal("y\n", "reserve 1433");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("""
                        Plan
                          running     net.ipv4.ip_local_reserved_ports  + 1433  (8080-8090 stay)
                        """).endsWith("""

                        Done, and read back
                          running     net.ipv4.ip_local_reserved_ports = 1433,8080-8090

                        Change 1 is made. To take it back: berth rollback 1
                        """);
        assertThat(ran.err()).isEqualTo("Do it? [y/N] ");
        assertThat(running(RESERVED)).isEqualTo("1433,8080-8090");

        Ran again = run("reserve 1433");
        assertThat(again.code()).isZero();
        assertThat(again.out()).startsWith("Nothing to do: the host is as it is wanted.\n");
    }

    @Test
    void only_a_yes_is_a_yes_and_nothing_is_written_before_it() {
        for (String typed : new String[] {"", "\n", "n\n", "yep\n"}) {
            assertThat(atTerminal(typed, "reserve 1433").code()).isEqualTo(2);
        }
        Ran silent = run("reserve 1433");
        assertThat(silent.code()).isEqualTo(2);
        assertThat(silent.err()).contains("berth reserve needs --yes", "--dry-run");
        assertThat(run("reserve 1433 --json").code()).isEqualTo(2);
        assertThat(run("reserve 1433 --dry-run").code()).isEqualTo(1);
        assertThat(run("reserve 8080 --dry-run").code()).isZero();
        assertThat(tuning.asked()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_was_changed_is_listed_told_and_taken_back() {
        assertThat(run("changes").out()).isEqualTo("Berth has changed nothing on this host.\n");
        run("reserve 1433 --persist --yes");
        run("reuse on --yes");

        Ran list = run("changes");
        assertThat(list.out().lines()).hasSize(3);
        assertThat(list.out()).contains("in force  reserve 1433 --persist --yes\n");
        assertThat(run("changes 1").out())
                .contains(
                        "Change 1: berth reserve 1433 --persist --yes",
                        "next start  " + RESERVED,
                        "done, and read back");
        assertThat(run("changes 3").code()).isEqualTo(2);

        assertThat(run("rollback 1 --dry-run").code()).isEqualTo(1);
        Ran back = run("rollback 1 --yes");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).contains("\nUndone\n", "- 1433  (8080-8090 stay)", "Change 1 is taken back.");
        assertThat(running(RESERVED)).isEqualTo("8080-8090");
        assertThat(tuning.read(RESERVED, Place.PERSISTENT)).isEqualTo(new Reading.Unset());

        assertThat(run("rollback --yes").out()).contains(REUSE + "  1 -> 2");
        assertThat(running(REUSE)).isEqualTo("2");
        assertThat(run("rollback").out()).startsWith("Nothing to take back");
        assertThat(run("rollback 1 --yes").out()).contains("taken back");
        assertThat(run("changes").out()).doesNotContain("in force");
    }

    @Test
    void taking_back_shows_before_and_after_what_it_really_sets() {
        tuning.before(RESERVED, new Assignment("/etc/sysctl.d/10-x.conf", 1, "8080-8090"));
        run("reserve 1433 --persist --yes");
        run("reserve 5432 --persist --yes");
        String really = """
                  next start  net.ipv4.ip_local_reserved_ports  - 1433  (5432,8080-8090 stay)
                  running     net.ipv4.ip_local_reserved_ports  - 1433  (5432,8080-8090 stay)
                """;
        assertThat(run("rollback 1 --dry-run").out()).endsWith(really);
        Ran back = run("rollback 1 --yes");
        assertThat(back.out()).endsWith("\nUndone\n" + really + "\nChange 1 is taken back.\n");
        assertThat(tuning.read(RESERVED, Place.PERSISTENT)).isEqualTo(new Reading.Value("5432,8080-8090"));
    }

    private void confirmBy(String from, String to) throws IOException {
        Path journal = folder.resolve("state/changes.jsonl");
        Files.writeString(
                journal,
                Files.readString(journal).replace("\"confirmBy\":" + from, "\"confirmBy\":\"%s\"".formatted(to)));
    }

    @Test
    void what_is_not_confirmed_in_time_is_undone_with_the_later_change_that_was_in_its_way() throws IOException {
        run("range set 20000-60999 --yes");
        confirmBy("null", "2999-01-01T00:00:00Z");
        assertThat(run("reuse on --dry-run").out())
                .contains("Change 1 (range set 20000-60999 --yes) will be undone at");
        Ran over = run("range set 30000-60999 --dry-run");
        assertThat(over.out().replaceAll("\\s+", " "))
                .contains("Change 1 (range set 20000-60999 --yes) is not confirmed, and this sets " + RANGE
                        + " over it: it is then undone only once this one is taken back.")
                .doesNotContain("will be undone at");
        run("range set 30000-60999 --yes");
        confirmBy("\"2999-01-01T00:00:00Z\"", "2020-01-01T00:00:00Z");
        run("reuse on --yes");
        assertThat(run("changes").out()).contains("Change 1 (range set 20000-60999 --yes) is undone in part");

        assertThat(run("rollback 2 --dry-run").out().replaceAll("\\s+", " "))
                .contains(RANGE + " 30000 60999 -> 20000 60999", RANGE + " 20000 60999 -> 32768 60999");
        Ran document = run("rollback 2 --dry-run --json");
        assertThat(Schemas.errors("rollback", document.out())).isEmpty();
        assertThat(document.out()).contains("\"earlier\":[{\"change\":1,\"complete\":true,");
        Ran back = run("rollback 2 --yes");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).endsWith("Change 2 is taken back.\nChange 1 is taken back.\n");
        assertThat(running(RANGE)).isEqualTo("32768 60999");
    }

    @Test
    void what_was_left_of_a_change_is_something_to_take_back() {
        run("reuse on --yes");
        tuning.running(REUSE, "0");
        run("rollback --yes");
        tuning.running(REUSE, "1");
        assertThat(run("rollback --yes").out()).endsWith("Change 1 is taken back.\n");
        assertThat(running(REUSE)).isEqualTo("2");
    }

    @Test
    void what_others_have_set_since_is_left_and_said() {
        run("reuse on --yes");
        tuning.running(REUSE, "0");
        Ran ran = run("rollback --yes");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("Undone in part", "left as it is");
        assertThat(ran.err()).startsWith("berth: change 1 could not be taken back whole\n");
        assertThat(running(REUSE)).isEqualTo("0");
    }

    @Test
    void a_step_that_fails_leaves_the_host_as_it_was() {
        tuning.obstacle(Place.RUNNING, new ActOutcome.NotPermitted("CAP_NET_ADMIN"));
        Ran ran = run("reserve 1433 --yes");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("CAP_NET_ADMIN", "sudo");
        assertThat(run("reserve 1433 --dry-run").code()).isEqualTo(1); // planning takes no right
        assertThat(run("plan reserve 1433").code()).isEqualTo(1);
    }

    @Test
    void guard_rails_and_impossible_wishes_have_their_codes() {
        assertThat(run("range set 1024-1025 --yes").code()).isEqualTo(2);
        assertThat(run("reuse on --delay 100 --yes").code()).isEqualTo(4); // this kernel has none
        assertThat(running(RANGE)).isEqualTo("32768 60999");
    }

    @Test
    void a_plan_is_written_and_applied_where_it_still_holds() throws IOException {
        Path file = folder.resolve("wide.plan");
        Ran plan = run("plan range set 20000-60999 --persist -o " + file);
        assertThat(plan.code()).as(plan.err()).isEqualTo(1);
        assertThat(plan.out()).contains("32768 60999 -> 20000 60999", "berth apply " + file);
        assertThat(Schemas.errors("plan", Files.readString(file))).isEmpty();
        assertThat(run("plan range set 20000-60999 -o " + file).code()).isEqualTo(2); // none is replaced
        assertThat(tuning.asked()).isEmpty();

        tuning.running(RANGE, "32768 50001");
        Ran stale = run("apply " + file + " --yes");
        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.err()).isEqualTo("""
                berth: nothing was changed: the host is no longer as the plan found it
                  why   net.ipv4.ip_local_port_range was 32768 60999 and is 32768 50001 now
                  next  plan again, as who applies it: berth plan COMMAND… -o FILE
                """);
        tuning.running(RANGE, "32768 60999");
        Ran applied = run("apply " + file + " --yes");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(running(RANGE)).isEqualTo("20000 60999");
        Ran again = run("apply " + file + " --yes");
        assertThat(again.code()).isZero();
        assertThat(again.out()).startsWith("Nothing to do");
    }

    @Test
    void a_plan_file_gets_round_no_guard_rail_and_chooses_no_words() throws IOException {
        Path file = folder.resolve("a.plan");
        run("plan range set 20000-60999 -o " + file);
        String plan = Files.readString(file);
        Files.writeString(file, plan.replace("20000 60999", "50000 50001"));
        Ran tiny = run("apply " + file + " --yes");
        assertThat(tiny.code()).isEqualTo(2);
        assertThat(tiny.err()).contains("would leave outgoing connections 2 ", "--force");

        Files.writeString(
                file,
                plan.replace("automatic choice draws from 20000-60999", "harmless \\u001b[31m")
                        .replace("medium", "none")
                        .replaceFirst("\"notes\" : \\[", "\"notes\" : [ \"Nothing will change.\""));
        Ran shown = run("apply " + file + " --dry-run");
        assertThat(shown.out())
                .contains("automatic choice draws from 20000-60999 (medium risk)")
                .contains("The plan says: Nothing will change.")
                .doesNotContain("harmless", "\u001b");

        host.add("0.0.0.0:21433 LISTEN db(4200021)");
        Ran late = run("apply " + file + " --yes");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err())
                .contains("Berth would plan something else here now", RESERVED + " is to become 8080-8090,21433 here");
        assertThat(tuning.asked()).isEmpty();
    }

    @Test
    void whoever_reads_a_plan_is_told_what_could_not_be_seen() {
        host.add("0.0.0.0:10250 LISTEN");
        String gap = "\"gaps\":[{\"what\":\"whether this is a Kubernetes node\"";
        assertThat(run("plan reserve 1433 --json").out()).contains(gap);
        assertThat(run("reserve 1433 --dry-run --json").out()).contains(gap);
    }

    @Test
    void what_a_policy_would_change_can_be_planned() throws IOException {
        Path policy = Files.writeString(folder.resolve("berth.yaml"), "services:\n  - {name: db, port: 1433}\n");
        Ran plan = run("plan ensure " + policy);
        assertThat(plan.code()).as(plan.err()).isEqualTo(1);
        assertThat(plan.out()).contains("running     " + RESERVED + "  + 1433", "next start  " + RESERVED + "  + 1433");
        assertThat(tuning.asked()).isEmpty();
    }

    @Test
    void a_document_comes_also_where_a_plan_is_stale_or_cannot_be_made_here() throws IOException {
        Path file = folder.resolve("wide.plan");
        run("plan range set 20000-60999 -o " + file);
        tuning.running(RANGE, "32768 50001");
        Ran stale = run("apply " + file + " --yes --json");
        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.err()).isEmpty();
        assertThat(stale.out())
                .contains("\"outcome\":\"stale\",\"change\":null", "is 32768 50001 now", "\"to\":\"20000 60999\"");
        assertThat(Schemas.errors("apply", stale.out())).isEmpty();

        tuning.obstacle(Place.RUNNING, new ActOutcome.NotPermitted("CAP_NET_ADMIN"));
        Ran refused = run("reserve 52 --yes --json");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).isEmpty();
        assertThat(refused.out()).contains("\"outcome\":\"failed\",\"change\":null", "it takes CAP_NET_ADMIN");
        assertThat(Schemas.errors("reserve", refused.out())).isEmpty();
    }

    @Test
    void a_plan_for_a_namespace_is_carried_out_there_by_the_command_it_names() {
        var blue = FakeHostNetwork.with()
                .namespace(new NetworkNamespace(7, "blue"))
                .tuning(tuning);
        Path file = folder.resolve("b.plan");
        Ran plan = Ran.on(
                FakeHostProvider.of(host, blue),
                environment(),
                "plan",
                "reserve",
                "1433",
                "--netns",
                "blue",
                "-o",
                file.toString());
        assertThat(plan.out()).contains("To carry it out: berth apply " + file + " --netns blue");
    }

    @Test
    void times_are_told_to_the_millisecond() {
        assertThat(run("plan reserve 1433 --json").out()).containsPattern("\"madeAt\":\"[^.\"]{19}(\\.[0-9]{3})?Z\"");
    }

    @Test
    void what_old_advice_names_is_refused_with_the_reason() {
        for (String id : new String[] {"tcp_tw_recycle", "net.ipv4.tcp_tw_recycle"}) {
            Ran ran = run("fix " + id + " --yes");
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).startsWith("berth: tcp_tw_recycle is not for use\n  why   it drops connections");
        }
        tuning.running("net.ipv4.tcp_max_tw_buckets", "131072");
        assertThat(run("fix tcp_max_tw_buckets").err()).startsWith("berth: tcp_max_tw_buckets is not lowered\n");
        Ran bare = run("fix choose-another-port");
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("the doctor offers no 'choose-another-port'", "berth fix ID PORT");
        assertThat(run("reuse 2").err()).contains("it takes on, off, or loopback");
    }

    @Test
    void a_long_list_of_reserved_ports_is_one_line_on_every_screen() {
        String odd = IntStream.range(0, 2_000)
                .mapToObj(i -> String.valueOf(12_001 + 2 * i))
                .collect(Collectors.joining(","));
        assertThat(run("reserve " + odd + " --persist --dry-run").out()).hasSizeLessThan(1_000);
        var ports = PortSet.parse(odd);
        var sources = ports.ranges().stream()
                .map(range -> new SourcedRange(range, "running"))
                .toList();
        host.policy(new PortPolicy(
                new PortRange(32_768, 60_999), ports, sources, List.of(), 1024, PortPolicy.Persistent.NOTHING));
        assertThat(run("ranges").out())
                .contains("  reserved          12001,12003,12005,12007,12009,12011,… 2,000 ports  (running)\n");
    }

    @Test
    void a_plan_may_come_on_standard_input() {
        String document = run("plan reserve 1433 --json").out();
        Ran ran = Ran.typing(document, FakeHostProvider.of(host), environment(), "apply", "-", "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(running(RESERVED)).isEqualTo("1433,8080-8090");
    }

    @Test
    void a_plan_is_for_the_namespace_it_was_made_for() throws IOException {
        var blue = FakeHostNetwork.with()
                .namespace(new NetworkNamespace(7, "blue"))
                .tuning(tuning);
        Path file = folder.resolve("a.plan");
        run("plan reserve 1433 -o " + file);
        String elsewhere = Files.readString(file)
                .replace("\"name\" : null", "\"name\" : \"blue\"")
                .replace("\"foreign\" : false", "\"foreign\" : true");
        Path other = Files.writeString(folder.resolve("b.plan"), elsewhere);
        Ran ran = Ran.on(FakeHostProvider.of(host, blue), environment(), "apply", other.toString(), "--yes");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("is for another network namespace", "berth apply --netns blue");
    }

    @Test
    void a_plan_for_a_namespace_without_a_name_is_for_no_other_without_one() {
        tuning.cookie(1);
        host.foreign(new NetworkNamespace(7, null));
        Path file = folder.resolve("a.plan");
        assertThat(run("plan reserve 1433 -o " + file).code()).isEqualTo(1);
        host.foreign(new NetworkNamespace(8, null));
        Ran ran = run("apply " + file + " --yes");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("it was made for net:[7], and net:[8] was asked for");
        host.foreign(new NetworkNamespace(7, null));
        tuning.cookie(2); // the next one with that number
        assertThat(run("apply " + file + " --yes").code()).isEqualTo(2);
        tuning.cookie(1);
        assertThat(run("apply " + file + " --yes").code()).isZero();
    }

    @Test
    void a_change_is_not_taken_back_in_the_next_namespace_with_the_same_number() {
        var own = FakeHostNetwork.with().tuning(new FakeTuning());
        tuning.cookie(1);
        host.foreign(new NetworkNamespace(7, null));
        assertThat(run("reserve 1433 --yes").code()).isZero();
        tuning.cookie(2);
        Ran ran = Ran.on(FakeHostProvider.of(own, host), environment(), "rollback", "--yes");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("its namespace is no more");
        assertThat(running(RESERVED)).isEqualTo("1433,8080-8090");
    }

    @Test
    void where_the_next_one_cannot_be_told_apart_nothing_is_taken_back() {
        var own = FakeHostNetwork.with().tuning(new FakeTuning());
        host.foreign(new NetworkNamespace(7, null)); // before Linux 5.14
        assertThat(run("reserve 1433 --yes").code()).isZero();
        Ran ran = Ran.on(FakeHostProvider.of(own, host), environment(), "rollback", "--yes");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("the number of net:[7] may be another's by now");
        assertThat(running(RESERVED)).isEqualTo("1433,8080-8090");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net.ipv4.ip_local_reserved_ports|kernel.core_pattern|is none that Berth changes",
                "net.ipv4.ip_local_reserved_ports|net.ipv4.ip_forward|is none that Berth changes",
                "net.ipv4.ip_local_reserved_ports|net/../../kernel.panic|is none that Berth changes",
                "1433,8080-8090|'1433;reboot'|is no value that Berth gives it",
                "1433,8080-8090|70000|is no value that Berth gives it",
                "running|everywhere|none of those known",
                "berth.plan/1|berth.plan/2|this version of berth reads",
                "\"to\"|\"too\"|no plan has that",
                "\"steps\" : [|\"steps\" : [ 7,|is not an object",
                "\"notes\" : [|\"notes\" : [[[[[[[[[[[[[[[[[[[|nested deeper",
                "\"madeAt\"|\"host\"|Duplicate",
                "\"from\" : \"8080-8090\"|\"from\" : null|is nothing that Berth finds there"
            })
    void a_plan_from_a_stranger_is_refused_with_the_place(String part, String instead, String why) throws IOException {
        Path file = folder.resolve("a.plan");
        run("plan reserve 1433 -o " + file);
        String plan = Files.readString(file);
        assertThat(plan).contains(part);
        Files.writeString(file, plan.replace(part, instead));
        Ran ran = run("apply " + file + " --yes");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("cannot carry out the plan", why);
        assertThat(tuning.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reserve 1433 --dry-run",
                "reserve 1433 --persist --yes",
                "unreserve 8080-8085 --yes",
                "unreserve 1 --yes",
                "range set 20000-60999 --yes",
                "reuse",
                "reuse on --yes",
                "plan reserve 1433",
                "plan reuse off --persist",
                "changes",
                "rollback --yes",
                "fix widen-range"
            })
    void every_document_keeps_to_its_schema(String line) throws IOException {
        run("reserve 9999 --yes");
        Ran ran = run(line + " --json");
        assertThat(Schemas.errors(line.split(" ", -1)[0], ran.out()))
                .as(ran.out() + ran.err())
                .isEmpty();
    }

    @Test
    void a_document_tells_the_number_and_the_steps() {
        assertThat(run("reserve 1433 --yes --json").out())
                .contains("\"outcome\":\"applied\",\"change\":1,", "\"to\":\"1433,8080-8090\"");
        assertThat(run("changes --json").out()).contains("\"id\":1,", "\"state\":\"applied\"");
    }

    @Test
    void confirming_what_lasts_already_or_never_was_says_so() {
        Ran none = run("confirm");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("no change waits to be confirmed");
        run("reserve 1433 --yes");
        assertThat(run("confirm 1").out()).isEqualTo("Change 1 lasts already.\n");
        assertThat(run("confirm 1 --json").out()).contains("\"outcome\":\"lastsAlready\"");
        assertThat(run("confirm 2").code()).isEqualTo(2);
    }

    /** As if a change had been made with {@code --confirm-within}, and its reverter had been killed. */
    private void leaveUnconfirmed(String until) throws IOException {
        Path journal = folder.resolve("state/changes.jsonl");
        Files.writeString(
                journal, Files.readString(journal).replace("\"confirmBy\":null", "\"confirmBy\":\"" + until + "\""));
    }

    @Test
    void a_change_past_its_time_is_not_announced_as_if_it_were_pending() throws IOException {
        run("reserve 1433 --yes");
        leaveUnconfirmed("2999-01-01T00:00:00Z");
        assertThat(run("changes").out()).contains("to be confirmed", "will be undone at", "berth confirm 1");
        assertThat(run("changes --json").out()).contains("\"overdue\":false");

        leaveUnconfirmed("2999-01-01T00:00:00Z");
        Path journal = folder.resolve("state/changes.jsonl");
        Files.writeString(journal, Files.readString(journal).replace("2999-", "2001-"));
        assertThat(run("changes").out())
                .contains("not confirmed", "was to be undone at 2001-01-01", "berth rollback 1")
                .doesNotContain("will be undone", "berth confirm");
        Ran document = run("changes --json");
        assertThat(document.out()).contains("\"overdue\":true");
        assertThat(Schemas.errors("changes", document.out())).isEmpty();
        assertThat(run("confirm 1").code()).isEqualTo(1);
        assertThat(running(RESERVED)).isEqualTo("8080-8090");
    }

    @Test
    void what_cannot_be_set_back_is_said_by_everybody_and_done_as_soon_as_it_can() throws IOException {
        run("reserve 1433 --persist --yes");
        tuning.obstacle(Place.PERSISTENT, new ActOutcome.Failed("it is mounted read-only"));
        Ran back = run("rollback --yes");
        assertThat(back.code()).isEqualTo(1);
        assertThat(back.out()).contains("not undone yet", "it is mounted read-only");
        assertThat(run("changes").out()).contains("to be undone", "is to be taken back and could not be yet");
        Ran document = run("changes --json");
        assertThat(document.out()).contains("\"progress\":\"owed\"");
        assertThat(Schemas.errors("changes", document.out())).isEmpty();

        Ran again = run("rollback --yes");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("still cannot be taken back whole");
        Ran other = run("reserve 7 --yes --json");
        assertThat(other.out()).contains("\"why\":\"owed\"", "\"end\":\"owed\"");
        assertThat(Schemas.errors("reserve", other.out())).isEmpty();

        tuning.cleared(Place.PERSISTENT);
        assertThat(run("reserve 9 --yes").out())
                .startsWith(
                        "Change 1 (reserve 1433 --persist --yes), which could not be taken back before, is undone now.");
        assertThat(tuning.read(RESERVED, Place.PERSISTENT)).isEqualTo(new Reading.Unset());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reserve 1433 --yes", "reserve 1433 --yes --json"})
    void an_output_that_cannot_be_written_says_what_was_done_all_the_same(String line) {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        var err = new ByteArrayOutputStream();
        var surroundings =
                new Surroundings(InputStream.nullInputStream(), full, err, environment(), FakeHostProvider.of(host));
        assertThat(Berth.run(line.split(" ", -1), surroundings)).isEqualTo(74);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("No space left on device; change 1 is made");
        assertThat(running(RESERVED)).isEqualTo("1433,8080-8090");
    }

    @Test
    void a_damaged_journal_names_what_will_not_be_undone_by_itself_any_more() throws IOException {
        run("reserve 7 --yes");
        run("reserve 1433 --yes");
        leaveUnconfirmed("2999-01-01T00:00:00Z");
        Path journal = folder.resolve("state/changes.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(2, "{}"); // that the step of the first is done
        Files.writeString(journal, String.join("\n", lines) + "\n");
        assertThat(run("reserve 9 --yes").err())
                .contains("line 3 of " + journal, RESERVED + " (running) of change 2 was 7,8080-8090");
    }

    /** As if Berth had been killed before it wrote the last lines. */
    private void forget(int lines) throws IOException {
        Path journal = folder.resolve("state/changes.jsonl");
        var all = Files.readAllLines(journal);
        Files.writeString(journal, String.join("\n", all.subList(0, all.size() - lines)) + "\n");
    }

    @Test
    void what_a_killed_berth_left_is_put_in_order_first_and_told() throws IOException {
        run("reserve 7 --yes");
        run("reserve 1433 --yes");
        forget(2); // that the step is done, and the change
        assertThat(run("changes").out()).contains("not finished", "Change 2 (reserve 1433 --yes) is not finished");
        Ran back = run("rollback --yes");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).isEqualTo("""
                Change 2 (reserve 1433 --yes) was interrupted and is undone now.

                Nothing else is taken back.
                """);
        assertThat(running(RESERVED)).isEqualTo("7,8080-8090");

        run("reserve 9 --yes");
        forget(1); // that the change is made
        Ran next = run("reserve 11 --yes");
        assertThat(next.out())
                .startsWith(
                        "Change 3 (reserve 9 --yes) had been made when Berth was interrupted; that is now written down.");
        assertThat(running(RESERVED)).isEqualTo("7,9,11,8080-8090");
        assertThat(run("reserve 13 --yes --json").out()).contains("\"recovered\":[]");
    }

    @Test
    void a_damaged_journal_stops_everything_and_says_where() throws IOException {
        run("reserve 1433 --yes");
        Path journal = folder.resolve("state/changes.jsonl");
        Files.writeString(journal, "{}\n" + Files.readString(journal));
        for (String line : new String[] {"reserve 7 --yes", "rollback --yes", "confirm 1", "changes"}) {
            Ran ran = run(line);
            assertThat(ran.code()).as(line).isEqualTo(1);
            assertThat(ran.err()).contains("damaged", "line 1 of " + journal);
        }
        assertThat(running(RESERVED)).isEqualTo("1433,8080-8090");
    }

    @Test
    void a_fix_is_found_by_its_name_and_one_that_is_not_needed_is_no_mistake() {
        Ran ran = run("fix reserve-port 1433 --yes");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                berth: nothing calls for reserving port 1433
                  why   it is not reserved, and lies outside the dynamic range 32768-60999: no client is given it
                  next  berth reserve 1433 reserves it all the same
                """);
        assertThat(run("fix raise-conntrack-limit").out()).contains("Nothing to do", "calls for raise-conntrack-limit");
        Ran unknown = run("fix widen-rnage");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean widen-range?");
        Ran noSetting = run("fix stop-unit 80");
        assertThat(noSetting.code()).as(noSetting.out()).isIn(2, 4);
    }

    @Test
    void what_free_did_stands_among_the_changes() throws IOException {
        run("reserve 1433 --yes");
        Files.writeString(folder.resolve("state/acts.jsonl"), """
                {"schema":"berth.act/1","event":"begun","id":"a","at":"2020-01-01T00:00:00Z","user":"root","sudoUser":"ann","berthPid":1,"berth":"1","command":"free","port":1433,"protocol":"tcp","address":"::","netns":{"inode":1,"name":null},"act":"stop-unit","unit":"shop.service"}
                {"schema":"berth.act/1","event":"ended","id":"a","at":"2020-01-01T00:00:01Z","outcome":"done","detail":null}
                half a li
                """);
        Ran ran = run("changes");
        assertThat(ran.out().lines().toList().get(1))
                .contains("2020-01-01 00:00:00Z", "root (ann)", "done", "free 1433: stop-unit, shop.service");
        assertThat(ran.out()).contains("acts.jsonl: one is none that this berth understands");
        assertThat(run("changes --json").out()).contains("\"subject\":\"shop.service\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reserve",
                "reserve 0",
                "reserve 65536",
                "reserve 80-",
                "reserve web",
                "reserve ,",
                "reserve 80 --from a.berth",
                "reserve 80 --netns all",
                "reserve 80 --confirm-within soon",
                "reserve 80 --confirm-within 0",
                "reserve 80 --confirm-within 25h",
                "reserve 80 --confirm-within -5",
                "unreserve",
                "range set",
                "range 32768-60999",
                "range set 32768",
                "range set 60999-32768",
                "range set a-b",
                "reuse maybe",
                "reuse on --delay soon",
                "reuse on --delay 70000",
                "fix",
                "fix widen-range 0",
                "plan",
                "plan doctor",
                "plan apply a.plan",
                "plan reserve 80 --yes",
                "plan ensure berth.yaml --check",
                "plan reserve 80 -o pom.xml",
                "plan reuse on --delay",
                "plan range set 1-2 --delay 5",
                "apply",
                "apply no/such/file",
                "apply pom.xml",
                "apply target",
                "apply a b",
                "confirm all",
                "confirm 0",
                "rollback 0",
                "rollback last",
                "rollback 7",
                "changes x",
                "changes --netns blue"
            })
    void bad_input_ends_with_two_and_three_lines(String line) {
        Ran ran = run(line);
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).as(ran.err()).hasSize(3);
        assertThat(tuning.asked()).isEmpty();
    }
}
