package dev.berth.linux.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.LinuxProvider;
import dev.berth.linux.kernel.Elsewhere;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.NamespaceChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the way on real hosts, each in network and mount namespaces of its own. */
@EnabledOnOs(OS.LINUX)
class TuningFaultsTest {
    private static final String REUSE = "net.ipv4.tcp_tw_reuse";
    private static final String EMPTY_DIRECTORY = "mount -t tmpfs -o mode=755 none /etc/sysctl.d && ";

    @Test
    void proc_sys_is_mounted_read_only_as_in_containers() throws Exception {
        String said = attempt(
                "mount --bind /proc/sys /proc/sys && mount -o remount,ro,bind /proc/sys && ", "", "RUNNING", "1");

        assertThat(said).isEqualTo("""
                before Value[text=2]
                obstacle notOnThisSystem
                write notOnThisSystem /proc/sys is mounted read-only, as in containers; \
                docker run --sysctl, or securityContext.sysctls of a pod, sets net.ipv4.tcp_tw_reuse from outside
                after Value[text=2]
                """);
    }

    @Test
    void a_user_without_privileges_is_told_what_would_permit_it() throws Exception {
        String user = "setpriv --reuid=65534 --clear-groups --inh-caps=-all --bounding-set=-all ";

        assertThat(attempt("", user, "RUNNING", "1")).isEqualTo("""
                before Value[text=2]
                obstacle notPermitted
                write notPermitted root, or CAP_NET_ADMIN over this network namespace
                after Value[text=2]
                """);
        assertThat(attempt(EMPTY_DIRECTORY, user, "PERSISTENT", "1")).isEqualTo("""
                before Unset[]
                obstacle notPermitted
                write notPermitted root, or another user who may write to /etc/sysctl.d
                after Unset[]
                """);
    }

    @Test
    void root_without_capabilities_still_owns_the_settings() throws Exception {
        assertThat(attempt("", "setpriv --inh-caps=-all --bounding-set=-all ", "RUNNING", "1"))
                .isEqualTo("""
                        before Value[text=2]
                        write done
                        after Value[text=1]
                        """);
    }

    @Test
    void a_user_with_the_capability_alone_may_set_them() throws Exception {
        String administrator = "setpriv --reuid=65534 --clear-groups --inh-caps=+net_admin --ambient-caps=+net_admin ";

        assertThat(attempt("", administrator, "RUNNING", "1")).contains("write done\nafter Value[text=1]\n");
    }

    @Test
    void a_full_disk_leaves_the_old_file_and_no_other() throws Exception {
        String full = "mount -t tmpfs -o size=8k,mode=755 none /etc/sysctl.d && echo net.ipv4.tcp_tw_reuse=0 "
                + "> /etc/sysctl.d/zz-berth.conf && head -c 4096 /dev/zero > /etc/sysctl.d/filler && ";

        assertThat(attempt(full, "", "PERSISTENT", "1")).isEqualTo("""
                before Value[text=0]
                write failed /etc/sysctl.d/zz-berth.conf could not be written, and is as it was: No space left on device
                after Value[text=0]
                left filler zz-berth.conf
                """);
    }

    @Test
    void where_there_is_no_directory_yet_it_is_made() throws Exception {
        String none = "mount -t tmpfs none /etc && ";

        assertThat(attempt(none, "", "PERSISTENT", "1")).isEqualTo("""
                before Unset[]
                write done
                after Value[text=1]
                left zz-berth.conf
                """);
    }

    @Test
    void nobody_waits_at_a_pipe_in_its_place_or_beside_it() throws Exception {
        String pipes = EMPTY_DIRECTORY + "mkfifo /etc/sysctl.d/zz-berth.conf /etc/sysctl.d/10-x.conf && ";

        assertThat(attempt(pipes, "timeout 60 ", "PERSISTENT", "1")).startsWith("""
                before Unknown[why=/etc/sysctl.d/zz-berth.conf cannot be read: it is no regular file]
                obstacle failed
                write failed /etc/sysctl.d/zz-berth.conf is not a file of Berth's own but a link or the like""");
    }

    @Test
    void whoever_alone_could_read_it_still_is_the_only_one() throws Exception {
        String mine =
                EMPTY_DIRECTORY + "cd /etc/sysctl.d && echo '# mine' > zz-berth.conf && chmod 600 zz-berth.conf && ";

        assertThat(attempt(mine + "{ \"$0\" \"$@\"; stat -c 'mode %a' zz-berth.conf; exit; }; ", "", "PERSISTENT", "1"))
                .endsWith("mode 600\n");
    }

    @Test
    void a_configuration_that_is_mounted_read_only_says_so() throws Exception {
        assertThat(attempt("mount -t tmpfs -o ro,mode=755 none /etc/sysctl.d && ", "", "PERSISTENT", "1"))
                .isEqualTo("""
                        before Unset[]
                        obstacle notOnThisSystem
                        write notOnThisSystem /etc/sysctl.d is mounted read-only, as in containers \
                        and immutable systems
                        after Unset[]
                        """);
    }

    @Test
    void a_later_file_is_told_and_berths_own_is_a_source_like_any_other() throws Exception {
        String later = EMPTY_DIRECTORY + "echo net.ipv4.tcp_tw_reuse=0 > /etc/sysctl.d/zzz.conf && ";

        assertThat(attempt(later, "", "PERSISTENT", "1")).isEqualTo("""
                before Unset[]
                write done
                after Value[text=1]
                source /etc/sysctl.d/zz-berth.conf:3
                source /etc/sysctl.d/zzz.conf:1
                beaten by /etc/sysctl.d/zzz.conf:1
                left zz-berth.conf zzz.conf
                """);
    }

    @Test
    void whoever_is_not_in_the_namespace_of_process_1_is_told_so() throws Exception {
        var under = List.of(
                "unshare",
                "-m",
                "-n",
                "-p",
                "-f",
                "--mount-proc",
                "sh",
                "-c",
                EMPTY_DIRECTORY + "unshare -n \"$0\" \"$@\"; true");

        assertThat(Elsewhere.run(under, Attempt.class, "PERSISTENT", "1"))
                .contains("write done\n")
                .containsPattern(
                        "caveat The next start applies /etc/sysctl.d/zz-berth.conf to the network namespace of "
                                + "process 1 \\(\\d+\\), which is not this one \\(\\d+\\)\\.");
    }

    @ParameterizedTest
    @CsvSource({"chmod, 1, false", "fsync, 1, false", "rename, 1, false", "fsync, 2, true"})
    void whenever_it_is_killed_the_file_is_the_old_or_the_new_one_and_the_next_write_clears_up(
            String call, int time, boolean moved) throws Exception {
        String killed = EMPTY_DIRECTORY
                + "command -v strace > /dev/null && cd /etc/sysctl.d && echo net.ipv4.tcp_tw_reuse=0 > zz-berth.conf && "
                + "{ strace -f -qq -o /dev/null -e trace=%s -e inject=%1$s:signal=KILL:when=%s \"$0\" \"$@\" > /dev/null 2>&1; "
                        .formatted(call, time)
                + "echo ended with $?, and there were $(ls -A | wc -l); exec \"$0\" \"$@\"; }";

        String said =
                Elsewhere.run(List.of("unshare", "-m", "-n", "sh", "-c", killed), Attempt.class, "PERSISTENT", "1");

        assertThat(said).isEqualTo("""
                ended with 137, and there were %s
                before Value[text=%s]
                write done
                after Value[text=1]
                left zz-berth.conf
                """.formatted(moved ? 1 : 2, moved ? 1 : 0));
    }

    /** What one write came to. */
    private static String attempt(String first, String as, String place, String text) throws Exception {
        var under = List.of("unshare", "-m", "-n", "sh", "-c", first + "exec " + as + "\"$0\" \"$@\"");
        return Elsewhere.run(under, Attempt.class, place, text);
    }

    /** What runs there: looks, writes and looks again. */
    static final class Attempt {
        private Attempt() {}

        public static void main(String[] arguments) throws Exception {
            Place place = Place.valueOf(arguments[0]);
            try (HostNetwork host =
                    new LinuxProvider().open(new NamespaceChoice.Own()).getFirst()) {
                HostTuning tuning = host.tuning();
                say("before", tuning.read(REUSE, place));
                var obstacle = tuning.obstacle(REUSE, place);
                if (obstacle != null) {
                    say("obstacle", obstacle.label());
                }
                var outcome = tuning.write(REUSE, place, arguments[1]);
                say("write", outcome.label() + (outcome.detail() == null ? "" : " " + outcome.detail()));
                say("after", tuning.read(REUSE, place));
                if (place == Place.PERSISTENT) {
                    tellFiles(host);
                }
            }
        }

        private static void tellFiles(HostNetwork host) throws Exception {
            var tunable = host.settings().tunables().get(REUSE);
            var persistence = host.tuning().persistence(REUSE);
            if (tunable != null && persistence != null && !persistence.after().isEmpty()) {
                tunable.assignments().forEach(assignment -> say("source", assignment.source()));
                persistence.after().forEach(assignment -> say("beaten by", assignment.source()));
            }
            String caveat = host.tuning().caveat(Place.PERSISTENT);
            if (caveat != null) {
                say("caveat", caveat);
            }
            try (var left = Files.list(Path.of("/etc/sysctl.d"))) {
                List<String> names =
                        left.map(path -> path.getFileName().toString()).sorted().toList();
                if (!names.isEmpty()) {
                    say("left", String.join(" ", names));
                }
            }
        }

        private static void say(String what, Object value) {
            System.out.println(what + " " + value);
        }
    }
}
