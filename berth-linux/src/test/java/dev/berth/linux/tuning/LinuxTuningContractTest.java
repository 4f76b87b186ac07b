package dev.berth.linux.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.kernel.KernelInParts;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.Namespaces;
import dev.berth.linux.kernel.SettingFiles;
import dev.berth.net.Cases;
import dev.berth.net.PortSet;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.HostTuningContract;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.ReservedList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running kernel in a private namespace, as if Berth ran in it, and a file in a directory of the test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinuxTuningContractTest extends HostTuningContract {
    private @Nullable PrivateNamespace namespace;
    private @Nullable Kernel live;
    private @Nullable Path file;
    private @Nullable HostTuning tuning;

    @BeforeAll
    void enter() throws Exception {
        namespace = PrivateNamespace.open();
        live = Namespaces.open(new NamespaceChoice.OfProcess(namespace.pid()), LibC.here(), (query, sink) -> {})
                .kernels()
                .getFirst();
    }

    @AfterAll
    void leave() throws Exception {
        if (live != null) {
            live.close();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    @BeforeEach
    void start_from_the_defaults(@TempDir Path directory) throws Exception {
        Path own = directory.resolve("sysctl.d/zz-berth.conf");
        file = own;
        tuning = new LinuxTuning(new AsOwn(live()), own);
        set(RANGE, Place.RUNNING, "32768 60999");
        set(RESERVED, Place.RUNNING, "");
        set(REUSE, Place.RUNNING, "2");
    }

    private Kernel live() {
        return Objects.requireNonNull(live);
    }

    private Path file() {
        return Objects.requireNonNull(file);
    }

    @Override
    protected HostTuning tuning() {
        return Objects.requireNonNull(tuning);
    }

    /** A namespace that passes for the reader's own. */
    private record AsOwn(Kernel live, KernelFiles files) implements KernelInParts {
        AsOwn(Kernel live) {
            this(live, live.files());
        }

        @Override
        public @Nullable SettingFiles settings() {
            return live.settings();
        }
    }

    @Test
    void a_page_that_is_refused_takes_the_pages_before_it_with_it() throws Exception {
        set(RESERVED, Place.RUNNING, "1433,5432");
        String long1000 = IntStream.range(0, 1_000)
                .mapToObj(i -> Integer.toString(20_001 + 2 * i))
                .collect(Collectors.joining(","));

        ActOutcome outcome = tuning().write(RESERVED, Place.RUNNING, long1000 + ",70000");

        assertThat(outcome.detail()).contains("refuses").endsWith("such as 80,8080-8090, without blanks");
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo("1433,5432");
    }

    @Test
    void a_list_longer_than_a_page_can_be_shortened_and_lengthened() throws Exception {
        everyOther(10_001, 2_000);
        String all = text(RESERVED, Place.RUNNING);
        String without = all.replace(",10003,", ",");

        set(RESERVED, Place.RUNNING, without);
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo(without);

        set(RESERVED, Place.RUNNING, all);
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo(all);
    }

    @Test
    void whatever_list_is_in_force_the_one_written_replaces_it() {
        Cases.of(random -> {
                    var ports = new BitSet();
                    for (int i = random.nextInt(3) * random.nextInt(3_000); i >= 0; i--) {
                        int first = random.nextInt(65_536);
                        ports.set(first, Math.min(first + 1 + random.nextInt(3), 65_536));
                    }
                    return ports;
                })
                .seed(Cases.fresh())
                .forEach(ports -> {
                    var list = new ReservedList(PortSet.of(ports), ports.get(0));
                    assertThat(tuning().write(RESERVED, Place.RUNNING, list.toString()))
                            .isEqualTo(new ActOutcome.Done());

                    var now = (Reading.Value) tuning().read(RESERVED, Place.RUNNING);
                    assertThat(ReservedList.parse(now.text())).isEqualTo(list);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "80,0",
                "80,81,",
                "8080,80",
                "80-80",
                "0-0",
                "0,",
                "80-81,",
                ",",
                ",80",
                "80,,81",
                "80 81",
                "80, 81",
                "80;",
                "5-3",
                "1-",
                "-5",
                "5--6",
                "80-,",
                "80-81-82",
                "+80",
                "65535",
                "65536",
                "70000",
                "080",
                "010",
                "01433",
                "0x50",
                "0X5f",
                "0x",
                "0xg",
                "0-0x10",
                "00000000000000000120",
                "000000000000000000120",
                "18446744073709551696",
                "00x50"
            })
    void a_list_is_one_where_the_kernel_takes_it_for_one(String text) throws Exception {
        the_kernel_agrees_about(text);
    }

    @Test
    void any_text_is_a_list_where_the_kernel_takes_it_for_one() {
        Cases.of(random -> random.ints(random.nextInt(1, 9), 0, 14)
                        .mapToObj(i -> "0123456789,,-x".substring(i, i + 1))
                        .collect(Collectors.joining()))
                .seed(Cases.fresh())
                .forEach(text -> {
                    try {
                        the_kernel_agrees_about(text);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private void the_kernel_agrees_about(String text) throws Exception {
        set(RESERVED, Place.RUNNING, "9");
        ActOutcome outcome = tuning().write(RESERVED, Place.RUNNING, text);

        ReservedList list = ReservedList.parse(text);
        assertThat(outcome instanceof ActOutcome.Done)
                .as("'%s': %s", text, outcome)
                .isEqualTo(list != null);
        assertThat(text(RESERVED, Place.RUNNING)).as(text).isEqualTo(list == null ? "9" : list.toString());
    }

    @Test
    void a_list_that_only_grows_lets_go_of_nothing_not_even_of_what_others_reserved_meanwhile() throws Exception {
        set(RESERVED, Place.RUNNING, "1433,5432");
        var looked = new FilesInMemory().with("/proc/sys/net/ipv4/ip_local_reserved_ports", "1433\n");

        new LinuxTuning(new AsOwn(live(), looked), file()).write(RESERVED, Place.RUNNING, "1433,8080");

        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo("1433,5432,8080");
    }

    /** Files of which every look shows another content, as if somebody else were setting them all the time. */
    private static final class Restless implements KernelFiles {
        private int looks;

        @Override
        public byte[] read(String path) {
            return "%d\n".formatted(++looks).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public List<String> list(String directory) {
            return List.of();
        }
    }

    @Test
    void what_could_not_be_put_back_is_told_by_its_value() {
        var restless = new LinuxTuning(new AsOwn(live(), new Restless()), file());

        assertThat(restless.write(RESERVED, Place.RUNNING, "70000").detail())
                .startsWith("the kernel refuses '70000' for " + RESERVED)
                .endsWith("; and what there was before could not be put back: " + RESERVED + " is now '4'");
    }

    @Test
    void the_file_is_one_that_the_systems_own_program_applies() throws Exception {
        Path program = Path.of("/lib/systemd/systemd-sysctl");
        Assumptions.assumeTrue(Files.isExecutable(program), "needs " + program);
        everyOther(10_001, 2_000);
        String all = text(RESERVED, Place.RUNNING);
        set(RESERVED, Place.PERSISTENT, all);
        set(REUSE, Place.PERSISTENT, "1");
        set(RESERVED, Place.RUNNING, "80");

        int exit = Objects.requireNonNull(namespace)
                .call(() -> new ProcessBuilder(program.toString(), file().toString())
                        .inheritIO()
                        .start()
                        .waitFor());

        assertThat(exit).isZero();
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo(all);
        assertThat(text(REUSE, Place.RUNNING)).isEqualTo("1");
    }

    @Test
    void port_zero_is_kept_and_can_be_let_go_of() throws Exception {
        set(RESERVED, Place.RUNNING, "0,80");
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo("0,80");

        set(RESERVED, Place.RUNNING, "80");
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo("80");
    }

    @Test
    void a_value_of_which_the_kernel_takes_a_part_only_changes_nothing() throws Exception {
        ActOutcome outcome = tuning().write(RANGE, Place.RUNNING, "20000 30000 40000");

        assertThat(outcome.detail())
                .isEqualTo("the kernel refuses '20000 30000 40000' for net.ipv4.ip_local_port_range, which takes two "
                        + "ports, the lower one first and not below net.ipv4.ip_unprivileged_port_start (1024)");
        assertThat(text(RANGE, Place.RUNNING)).isEqualTo("32768 60999");
    }

    @Test
    void names_that_lead_out_of_the_network_and_values_of_several_lines_are_refused() throws Exception {
        for (String elsewhere : new String[] {
            "kernel.hostname", "net.ipv4/../../kernel/hostname", "net...kernel.hostname", "net", "net.ipv4.a=1\nb"
        }) {
            for (Place place : Place.values()) {
                assertThat(tuning().write(elsewhere, place, "x")).isInstanceOf(ActOutcome.NotOnThisSystem.class);
            }
        }
        assertThat(tuning().write(REUSE, Place.PERSISTENT, "1\nkernel.core_pattern = |/x"))
                .isInstanceOf(ActOutcome.Failed.class);
        assertThat(file()).doesNotExist();
    }

    @Test
    void the_directory_and_the_file_are_everybodys_to_read_and_nothing_else_is_left() throws Exception {
        set(REUSE, Place.PERSISTENT, "1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r--r--");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(Objects.requireNonNull(file().getParent()))))
                .isEqualTo("rwxr-xr-x");
        assertThat(file().getParent()).isDirectoryContaining("glob:**").isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void what_a_killed_run_left_is_gone_after_the_next_write_and_what_is_not_berths_stays() throws Exception {
        set(REUSE, Place.PERSISTENT, "1");
        Path leftOver = file().resolveSibling(".zz-berth.conf.8d0e.unfinished");
        Path other = file().resolveSibling(".other.conf.8d0e.unfinished");
        Files.createFile(leftOver);
        Files.createFile(other);

        set(REUSE, Place.PERSISTENT, "0");

        assertThat(leftOver).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void the_file_is_gone_with_its_last_setting_and_stays_where_a_person_wrote_into_it() throws Exception {
        set(REUSE, Place.PERSISTENT, "1");
        tuning().write(REUSE, Place.PERSISTENT, null);
        assertThat(file()).doesNotExist();

        Files.write(file(), new byte[] {'#', ' ', (byte) 0xe4, '\n'}); // not UTF-8
        set(REUSE, Place.PERSISTENT, "1");
        tuning().write(REUSE, Place.PERSISTENT, null);
        assertThat(file()).hasBinaryContent(new byte[] {'#', ' ', (byte) 0xe4, '\n'});
    }

    @Test
    void what_is_no_file_of_berths_own_is_not_replaced() throws Exception {
        Files.createDirectories(Objects.requireNonNull(file().getParent()));
        Path target = Files.writeString(file().resolveSibling("target"), REUSE + "=1\n");
        Files.createSymbolicLink(file(), target);

        assertThat(text(REUSE, Place.PERSISTENT)).isEqualTo("1"); // as the next start would read it
        assertThat(tuning().obstacle(REUSE, Place.PERSISTENT)).isInstanceOf(ActOutcome.Failed.class);
        assertThat(tuning().write(REUSE, Place.PERSISTENT, "0")).isInstanceOf(ActOutcome.Failed.class);
        assertThat(target).hasContent(REUSE + "=1");
    }

    @Test
    void files_say_nothing_about_a_namespace_that_is_not_the_readers_own() throws Exception {
        var foreign = new LinuxTuning(live(), file());
        String why = "sysctl files configure the host's own namespace only";

        assertThat(foreign.read(REUSE, Place.PERSISTENT)).isEqualTo(new Reading.Unknown(why));
        assertThat(foreign.write(REUSE, Place.PERSISTENT, "1")).isEqualTo(new ActOutcome.NotOnThisSystem(why));
        assertThat(foreign.obstacle(REUSE, Place.PERSISTENT)).isEqualTo(new ActOutcome.NotOnThisSystem(why));
        assertThat(foreign.persistence(REUSE)).isNull();
        assertThat(foreign.read(REUSE, Place.RUNNING)).isEqualTo(new Reading.Value("2"));
    }
}
