package dev.berth.linux.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.platform.Gap;
import dev.berth.platform.HostTuning.Persistence;
import dev.berth.platform.Tunable.Assignment;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The rules of sysctl.d(5), systemd-sysctl(8) and sysctl(8), one by one. */
class SysctlConfigurationTest {
    private static final String REUSE = "net.ipv4.tcp_tw_reuse";

    private static final String OWN = "/etc/sysctl.d/zz-berth.conf";

    private final FilesInMemory files = new FilesInMemory();

    @Test
    void the_last_file_by_base_name_wins_whatever_its_directory() {
        files.with("/etc/sysctl.d/50-a.conf", REUSE + "=1").with("/usr/lib/sysctl.d/60-b.conf", REUSE + "=2");

        assertThat(assignments())
                .containsExactly(
                        new Assignment("/etc/sysctl.d/50-a.conf", 1, "1"),
                        new Assignment("/usr/lib/sysctl.d/60-b.conf", 1, "2"));
    }

    @Test
    void the_last_line_of_a_file_wins() {
        files.with("/etc/sysctl.d/a.conf", REUSE + "=1\n\n" + REUSE + "=2\n");

        assertThat(assignments().getLast()).isEqualTo(new Assignment("/etc/sysctl.d/a.conf", 3, "2"));
    }

    @Test
    void a_file_in_etc_hides_the_one_of_the_same_name_elsewhere() {
        files.with("/lib/sysctl.d/50-x.conf", REUSE + "=4")
                .with("/usr/lib/sysctl.d/50-x.conf", REUSE + "=3")
                .with("/usr/local/lib/sysctl.d/50-x.conf", REUSE + "=2")
                .with("/run/sysctl.d/50-x.conf", REUSE + "=1")
                .with("/etc/sysctl.d/50-x.conf", REUSE + "=0");

        assertThat(assignments()).containsExactly(new Assignment("/etc/sysctl.d/50-x.conf", 1, "0"));
    }

    @Test
    void a_file_in_run_hides_the_one_of_the_same_name_in_usr() {
        files.with("/usr/lib/sysctl.d/50-x.conf", REUSE + "=3").with("/run/sysctl.d/50-x.conf", REUSE + "=1");

        assertThat(assignments()).containsExactly(new Assignment("/run/sysctl.d/50-x.conf", 1, "1"));
    }

    @Test
    void an_empty_file_such_as_a_link_to_dev_null_masks_the_vendors() {
        files.with("/usr/lib/sysctl.d/50-x.conf", REUSE + "=3").with("/etc/sysctl.d/50-x.conf", "");

        assertThat(assignments()).isEmpty();
    }

    @Test
    void other_endings_are_no_configuration() {
        files.with("/etc/sysctl.d/50-x.conf.bak", REUSE + "=3").with("/etc/sysctl.d/README", REUSE + "=3");

        assertThat(assignments()).isEmpty();
    }

    @Test
    void comments_and_blanks_say_nothing() {
        files.with(
                "/etc/sysctl.d/a.conf", "# " + REUSE + "=1\n;" + REUSE + "=1\n  \n\t# x\n  " + REUSE + "  =  2  \r\n");

        assertThat(assignments()).containsExactly(new Assignment("/etc/sysctl.d/a.conf", 5, "2"));
    }

    @Test
    void slashes_separate_as_dots_do() {
        files.with("/etc/sysctl.d/a.conf", "net/ipv4/tcp_tw_reuse=1\n/net/ipv4/tcp_tw_reuse = 2\n");

        assertThat(assignments()).extracting(Assignment::value).containsExactly("1", "2");
    }

    @Test
    void a_dash_before_the_name_only_forgives_failure() {
        files.with("/etc/sysctl.d/a.conf", "-" + REUSE + "=1\n- " + REUSE + " = 0");

        assertThat(assignments()).extracting(Assignment::value).containsExactly("1", "0");
    }

    @Test
    void an_empty_value_clears() {
        files.with("/etc/sysctl.d/a.conf", REUSE + " =\n");

        assertThat(assignments()).containsExactly(new Assignment("/etc/sysctl.d/a.conf", 1, ""));
    }

    @Test
    void a_pattern_assigns_to_what_it_matches() {
        files.with("/etc/sysctl.d/a.conf", "net.ipv4.tcp_tw_re?s[d-f] = 1\nnet.*.tcp_tw_reuse = 0\nnet.*reuse=9\n");

        assertThat(assignments()).extracting(Assignment::value).containsExactly("1", "0");
    }

    @Test
    void the_very_name_beats_a_later_pattern() {
        files.with("/etc/sysctl.d/a.conf", REUSE + "=1").with("/etc/sysctl.d/b.conf", "net.ipv4.tcp_*=0");

        assertThat(assignments().getLast().value()).isEqualTo("1");
    }

    @Test
    void a_dash_without_value_keeps_patterns_away() {
        files.with("/etc/sysctl.d/a.conf", "net.ipv4.tcp_*=0\n-net.ipv4.tcp_tw_reuse\n");

        assertThat(assignments()).isEmpty();
    }

    @Test
    void sysctl_conf_comes_last_where_no_systemd_starts_the_host() {
        files.with("/etc/sysctl.conf", REUSE + "=1").with("/etc/sysctl.d/zz.conf", REUSE + "=0");

        assertThat(assignments().getLast()).isEqualTo(new Assignment("/etc/sysctl.conf", 1, "1"));
    }

    @Test
    void sysctl_conf_counts_once_and_in_its_links_place_where_systemd_starts_the_host() {
        files.with("/proc/1/comm", "systemd\n")
                .with("/etc/sysctl.conf", REUSE + "=1")
                .with("/etc/sysctl.d/99-sysctl.conf", REUSE + "=1")
                .with("/etc/sysctl.d/zz.conf", REUSE + "=0");

        assertThat(assignments())
                .containsExactly(
                        new Assignment("/etc/sysctl.conf", 1, "1"), new Assignment("/etc/sysctl.d/zz.conf", 1, "0"));
    }

    @Test
    void sysctl_conf_comes_last_even_where_it_is_linked_unless_systemd_starts_the_host() {
        files.with("/etc/sysctl.conf", REUSE + "=1")
                .with("/etc/sysctl.d/99-sysctl.conf", REUSE + "=1")
                .with("/etc/sysctl.d/zz.conf", REUSE + "=0");

        assertThat(assignments())
                .containsExactly(
                        new Assignment("/etc/sysctl.d/zz.conf", 1, "0"), new Assignment("/etc/sysctl.conf", 1, "1"));
    }

    @Test
    void what_a_file_beats_is_told_from_what_beats_it() {
        files.with("/etc/sysctl.d/50-a.conf", REUSE + "=1")
                .with("/usr/lib/sysctl.d/zz-berth.conf", REUSE + "=7") // hidden by the one in /etc
                .with(OWN, "net.ipv4.tcp_*=3\n" + REUSE + "=2\n")
                .with("/run/sysctl.d/zzz.conf", "net.ipv4.tcp_*=4\n" + REUSE + "=0")
                .with("/etc/sysctl.conf", REUSE + "=5");

        var beside = beside();

        assertThat(beside.before())
                .containsExactly(
                        new Assignment(OWN, 1, "3"),
                        new Assignment("/run/sysctl.d/zzz.conf", 1, "4"), // the very name beats a pattern
                        new Assignment("/etc/sysctl.d/50-a.conf", 1, "1"));
        assertThat(beside.after())
                .containsExactly(
                        new Assignment("/run/sysctl.d/zzz.conf", 2, "0"), new Assignment("/etc/sysctl.conf", 1, "5"));
    }

    @Test
    void a_file_that_is_not_there_yet_has_its_place_already() {
        files.with("/etc/sysctl.d/50-a.conf", REUSE + "=1\n-" + REUSE)
                .with("/etc/sysctl.d/60-b.conf", "net.ipv4.tcp_*=0")
                .with("/etc/sysctl.d/zzz.conf", "-" + REUSE + " = 0");

        var beside = beside();

        assertThat(beside.before()).containsExactly(new Assignment("/etc/sysctl.d/50-a.conf", 1, "1"));
        assertThat(beside.after()).containsExactly(new Assignment("/etc/sysctl.d/zzz.conf", 1, "0"));
    }

    @Test
    void a_configuration_that_may_be_read_in_part_only_is_not_whole() {
        files.withForbidden("/etc/sysctl.d/a.conf");

        assertThat(SysctlConfiguration.whole(files)).isNull();
    }

    private Persistence beside() {
        return Objects.requireNonNull(SysctlConfiguration.whole(files)).beside(REUSE, OWN);
    }

    @Test
    void sysctl_conf_is_nothing_to_systemd_unless_it_is_linked() {
        files.with("/proc/1/comm", "systemd\n").with("/etc/sysctl.conf", REUSE + "=1");

        assertThat(assignments()).isEmpty();
    }

    @Test
    void a_file_that_may_not_be_read_is_a_gap() {
        files.withForbidden("/etc/sysctl.d/a.conf");
        var careful = new FilesOrGaps(files);

        assertThat(SysctlConfiguration.read(careful).of(REUSE)).isEmpty();
        assertThat(careful.gaps())
                .containsExactly(new Gap(
                        "settings that /etc/sysctl.d/a.conf would make at the next start",
                        "/etc/sysctl.d/a.conf may not be read by this user; run as root to see it"));
    }

    private List<Assignment> assignments() {
        return SysctlConfiguration.read(new FilesOrGaps(files)).of(REUSE);
    }
}
