package dev.berth.remedy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.log.SymbolicLink;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final Plan PLAN = new Plan(
            new NetworkNamespace(7, "blue"),
            List.of(new Step(
                    "net.ipv4.ip_local_reserved_ports",
                    Place.PERSISTENT,
                    null,
                    "1433,8080",
                    Fix.Risk.LOW,
                    "why",
                    PortSet.parse("1433"))),
            List.of());

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("state/berth");
    }

    private Path file() {
        return Journal.file(folder());
    }

    private Journal open(Duration patience) throws JournalException {
        return Journal.open(folder(), Deaths.ANN, InstantSource.fixed(Deaths.NOW), patience);
    }

    private Journal open() throws JournalException {
        return open(Duration.ZERO);
    }

    private Change applied() throws IOException {
        try (Journal journal = open()) {
            int id = journal.begin(PLAN, "reserve 1433", "start-1", null).id();
            journal.doing(id, 0);
            journal.done(id, 0);
            journal.applied(id);
            return journal.change(id);
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.APPEND);
    }

    private JournalException refused() {
        return catchThrowableOfType(JournalException.class, () -> open().close());
    }

    @Test
    void what_was_written_is_read_again() throws IOException {
        Change change = applied();
        assertThat(Journal.read(folder())).containsExactly(change);
        assertThat(change.state()).isEqualTo(State.APPLIED);
        assertThat(change.endedAt()).isEqualTo(Deaths.NOW);
        assertThat(change.steps()).singleElement().satisfies(made -> {
            assertThat(made.step()).isEqualTo(PLAN.steps().getFirst());
            assertThat(made.progress()).isEqualTo(Progress.DONE);
        });
    }

    @Test
    void each_line_stands_for_itself() throws IOException {
        applied();
        assertThat(Files.readAllLines(file()))
                .containsExactly(
                        "{\"schema\":\"berth.change/1\",\"event\":\"begun\",\"id\":1,\"at\":\"2026-11-21T03:12:00Z\","
                                + "\"user\":\"root\",\"sudoUser\":\"ann\",\"berthPid\":4711,\"berth\":\"0.1.0\","
                                + "\"command\":\"reserve 1433\",\"startId\":\"start-1\","
                                + "\"netns\":{\"inode\":7,\"cookie\":null,\"name\":\"blue\"},\"confirmBy\":null,\"steps\":["
                                + "{\"setting\":\"net.ipv4.ip_local_reserved_ports\",\"place\":\"persistent\",\"from\":null,"
                                + "\"to\":\"1433,8080\",\"asked\":\"1433\",\"risk\":\"low\",\"why\":\"why\"}]}",
                        "{\"schema\":\"berth.change/1\",\"event\":\"doing\",\"id\":1,\"at\":\"2026-11-21T03:12:00Z\",\"step\":0}",
                        "{\"schema\":\"berth.change/1\",\"event\":\"done\",\"id\":1,\"at\":\"2026-11-21T03:12:00Z\",\"step\":0}",
                        "{\"schema\":\"berth.change/1\",\"event\":\"applied\",\"id\":1,\"at\":\"2026-11-21T03:12:00Z\",\"confirmBy\":null}");
    }

    @Test
    void changes_are_numbered_over_all_runs() throws IOException {
        applied();
        assertThat(applied().id()).isEqualTo(2);
    }

    @Test
    void a_failed_change_that_was_undone_tells_which_step_failed() throws IOException {
        try (Journal journal = open()) {
            int id = journal.begin(PLAN, "reserve 1433", "start-1", null).id();
            journal.doing(id, 0);
            journal.failed(id, 0, new ActOutcome.Failed("no room"));
            journal.undoing(id, UndoReason.FAILURE);
            journal.undoingStep(id, 0, new Journal.Attempt("start-1", "1433", null));
            assertThat(journal.attempt(id, 0)).isEqualTo(new Journal.Attempt("start-1", "1433", null));
            journal.undoneStep(id, 0, false, null);
            journal.undone(id, null);
        }
        assertThat(Journal.read(folder())).singleElement().satisfies(change -> {
            assertThat(change.state()).isEqualTo(State.UNDONE);
            assertThat(change.detail()).isEqualTo("net.ipv4.ip_local_reserved_ports (persistent): no room");
        });
    }

    @Test
    void what_waits_for_confirmation_is_confirmed_once() throws IOException {
        try (Journal journal = open()) {
            int id = journal.begin(PLAN, "reserve 1433", "start-1", Duration.ofMinutes(1))
                    .id();
            assertThat(journal.confirm(id)).isFalse();
            journal.doing(id, 0);
            journal.done(id, 0);
            journal.applied(id);
            assertThat(journal.change(id).state()).isEqualTo(State.UNCONFIRMED);
            assertThat(journal.confirm(id)).isTrue();
            assertThat(journal.confirm(id)).isFalse();
        }
        assertThat(Journal.read(folder()))
                .singleElement()
                .extracting(Change::state)
                .isEqualTo(State.APPLIED);
    }

    @ParameterizedTest
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has lists instead of modes: AccessListTest")
    @ValueSource(booleans = {true, false})
    void what_others_may_write_is_not_believed(boolean ofFolder) throws IOException {
        applied();
        Path open = ofFolder ? folder() : file();
        var before = Files.getPosixFilePermissions(open);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(refused().kind()).isEqualTo(JournalException.Kind.INACCESSIBLE);
        assertThatThrownBy(() -> Journal.read(folder()))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        refused -> assertThat(refused.why())
                                .contains(open.toString(), "(rwxrwxrwx)", "whoever may write there"));
        Files.setPosixFilePermissions(open, before);
        try {
            Files.setAttribute(open, "unix:uid", 65_534);
        } catch (FileSystemException e) {
            Assumptions.abort("needs root: " + e.getMessage());
        }
        assertThat(refused().kind()).isEqualTo(JournalException.Kind.INACCESSIBLE);
    }

    @Test
    void an_attempt_at_what_berth_would_not_set_is_damage() throws IOException {
        try (Journal journal = open()) {
            int id = journal.begin(PLAN, "reserve 1433", "start-1", null).id();
            journal.doing(id, 0);
            journal.undoing(id, UndoReason.INTERRUPTED);
            journal.undoingStep(id, 0, new Journal.Attempt("start-1", "1433,8080", "8080"));
        }
        String text = Files.readString(file());
        Files.writeString(file(), text.replace("\"to\":\"8080\"", "\"to\":\"80 reboot\""));
        assertThat(refused().kind()).isEqualTo(JournalException.Kind.DAMAGED);
    }

    @Test
    void the_time_to_confirm_begins_with_the_last_step() throws IOException {
        Instant[] now = {Deaths.NOW};
        try (Journal journal = Journal.open(folder(), Deaths.ANN, () -> now[0], Duration.ZERO)) {
            int id = journal.begin(PLAN, "reserve 1433", "start-1", Duration.ofMinutes(1))
                    .id();
            assertThat(journal.change(id).confirmBy()).isEqualTo(Deaths.NOW.plusSeconds(60));
            now[0] = Deaths.NOW.plusSeconds(25); // so long it took
            journal.applied(id);
            assertThat(journal.change(id).confirmBy()).isEqualTo(Deaths.NOW.plusSeconds(85));
        }
        assertThat(Journal.read(folder()))
                .singleElement()
                .extracting(Change::confirmBy)
                .isEqualTo(Deaths.NOW.plusSeconds(85));
    }

    @Test
    void nothing_is_read_where_there_is_none() throws IOException {
        assertThat(Journal.read(folder())).isEmpty();
        assertThat(folder()).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has lists instead of modes: AccessListTest")
    void only_its_owner_reads_it() throws IOException {
        applied();
        for (Path made : List.of(file(), folder().resolve("changes.lock"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_torn_last_line_counts_for_nothing_and_the_next_one_does_not_follow_it() throws IOException {
        applied();
        append("{\"schema\":\"berth.change/1\",\"event\":\"beg");
        assertThat(Journal.read(folder())).hasSize(1);
        assertThat(applied().id()).isEqualTo(2);
        assertThat(Journal.read(folder())).hasSize(2);
        append("{\"schema\":\"berth.change/1\"," + "\0".repeat(4096) + "}\n"); // as a power cut may leave it
        assertThat(applied().id()).isEqualTo(3);
    }

    @Test
    void a_line_that_berth_did_not_write_stops_everything() throws IOException {
        applied();
        append("reserve 1433\n");
        byte[] before = Files.readAllBytes(file());
        JournalException refused = refused();
        assertThat(refused.kind()).isEqualTo(JournalException.Kind.DAMAGED);
        assertThat(refused.why()).contains("line 5 of " + file());
        assertThat(refused.next()).contains("move " + file() + " away");
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void lines_that_cannot_follow_one_another_are_damage() throws IOException {
        applied();
        String good = Files.readString(file());
        for (String line : List.of(
                good.lines().findFirst().orElseThrow(), // begun once more
                "{\"schema\":\"berth.change/1\",\"event\":\"done\",\"id\":9,\"at\":\"2026-11-21T03:12:00Z\",\"step\":0}",
                "{\"schema\":\"berth.change/1\",\"event\":\"done\",\"id\":1,\"at\":\"2026-11-21T03:12:00Z\",\"step\":1}",
                "{\"schema\":\"berth.change/1\",\"event\":\"done\",\"id\":1,\"at\":\"yesterday\",\"step\":0}",
                "{\"schema\":\"berth.act/1\"}",
                "{}",
                "")) {
            Files.writeString(file(), good + line + "\n");
            assertThat(refused().kind()).as(line).isEqualTo(JournalException.Kind.DAMAGED);
        }
    }

    @Test
    void a_newer_berths_journal_is_left_alone() throws IOException {
        applied();
        append("{\"schema\":\"berth.change/2\",\"event\":\"woven\"}\n");
        assertThat(refused().kind()).isEqualTo(JournalException.Kind.NEWER);
    }

    @Test
    void a_link_in_its_place_is_not_followed() throws IOException {
        Files.createDirectories(folder());
        Path other = Files.writeString(temporary.resolve("other"), "kept");
        SymbolicLink.make(file(), other);
        assertThat(refused().kind()).isEqualTo(JournalException.Kind.INACCESSIBLE);
        Files.delete(file());
        Files.delete(folder().resolve("changes.lock"));
        SymbolicLink.make(folder().resolve("changes.lock"), other);
        assertThat(refused().kind()).isEqualTo(JournalException.Kind.INACCESSIBLE);
        assertThat(other).hasContent("kept");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no pipes in folders")
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pipe_in_its_place_is_refused_and_not_waited_for() throws Exception {
        Files.createDirectories(folder());
        Process made = new ProcessBuilder("mkfifo", file().toString()).start();
        Assumptions.assumeTrue(made.waitFor() == 0, "needs mkfifo");
        assertThat(refused().kind()).isEqualTo(JournalException.Kind.INACCESSIBLE);
        assertThatThrownBy(() -> Journal.read(folder())).isInstanceOf(JournalException.class);
    }

    @Test
    void a_line_that_did_not_fit_leaves_nothing_behind() throws IOException {
        try (Journal journal = Deaths.onFullDisk(folder(), 1, 1)) {
            int id = journal.begin(PLAN, "reserve 1433", "start-1", null).id();
            assertThatThrownBy(() -> journal.doing(id, 0))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            full -> assertThat(full.why()).contains("No space left"));
            assertThat(journal.change(id).steps().getFirst().progress()).isEqualTo(Progress.PLANNED);
            journal.undone(id, "no room");
        }
        assertThat(Journal.read(folder()))
                .singleElement()
                .extracting(Change::detail)
                .isEqualTo("no room");
    }

    @Test
    void a_second_one_is_told_who_is_at_it() throws Exception {
        try (Journal first = open()) {
            first.begin(PLAN, "reserve 1433", "start-1", null);
            var busy = new FutureTask<>(this::refused); // another thread of this very process
            Thread.ofPlatform().start(busy);
            assertThat(busy.get(10, TimeUnit.SECONDS).kind()).isEqualTo(JournalException.Kind.BUSY);
            assertThat(busy.get().why()).isEqualTo("process 4711 of root (berth reserve 1433) has not finished");
            assertThat(inAnotherProcess()).startsWith("BUSY process 4711 of root (berth reserve 1433)");
        }
        assertThat(inAnotherProcess()).startsWith("OPEN");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_patient_one_comes_next() throws Exception {
        var begun = new CountDownLatch(1);
        var second = new FutureTask<>(() -> {
            begun.countDown();
            try (Journal journal = open(Duration.ofSeconds(20))) {
                return journal.changes().size();
            }
        });
        try (Journal first = open()) {
            Thread.ofPlatform().start(second);
            begun.await();
            first.begin(PLAN, "reserve 1433", "start-1", null);
        }
        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void whoever_is_killed_leaves_no_lock() throws Exception {
        Process other =
                another("hold").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var says = other.inputReader()) {
            assertThat(says.readLine()).startsWith("OPEN");
            assertThat(refused().why()).contains("process " + other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
        open().close();
    }

    private String inAnotherProcess() throws Exception {
        Process other =
                another("try").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        other.waitFor();
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private ProcessBuilder another(String how) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AnotherBerth.class.getName(),
                folder().toString(),
                how);
    }
}
