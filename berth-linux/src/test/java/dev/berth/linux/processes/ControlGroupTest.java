package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlGroupTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0::/system.slice/nginx.service                                  | nginx.service   |
            0::/system.slice/system-getty.slice/getty@tty1.service          | getty@tty1.service |
            0::/system.slice/web.service/worker                             | web.service     |
            0::/system.slice/db\\x2dmain.service                            | db\\x2dmain.service |
            0::/user.slice/user-1000.slice/session-3.scope                  | session-3.scope |
            0::/user.slice/user-1000.slice/user@1000.service/app.slice/foo.service | user@1000.service/foo.service |
            0::/machine.slice/systemd-nspawn@box.service/payload/system.slice/nginx.service | systemd-nspawn@box.service/nginx.service |
            0::/user.slice/user-1000.slice/user@1000.service/init.scope     | user@1000.service |
            0::/init.scope                                                  | init.scope      |
            0::/                                                            |                 |
            0::/system.slice/docker-ID.scope                                |                 | ID
            0::/docker/ID                                                   |                 | ID
            4:memory:/docker/ID                                             |                 | ID
            0::/docker/ID/system.slice/kubelet.service                      | kubelet.service | ID
            0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podab_cd.slice/cri-containerd-ID.scope | | ID
            0::/kubepods.slice/kubepods-podab_cd.slice/crio-ID.scope        |                 | ID
            11:cpuset:/kubepods/besteffort/pod12-34/ID                      |                 | ID
            0::/system.slice/containerd.service/kubepods-pod12.slice:cri-containerd:ID | containerd.service | ID
            0::/machine.slice/libpod-ID.scope/container                     |                 | ID
            0::/machine.slice/libpod-conmon-ID.scope                        |                 |
            0::/system.slice/web.service/libpod-payload-ID                  | web.service     | ID
            0::/ecs/task/ID                                                 |                 | ID
            0::/lxc.payload.box/system.slice/ssh.service                    | ssh.service     | box
            2:cpu:/lxc/box                                                  |                 | box
            0::/lxc.monitor.box                                             |                 |
            0::/../../system.slice/cron.service                             | ../cron.service |
            """)
    void each_form_of_path_names_its_unit_and_its_container(String line, String unit, String container) {
        String id = "ID".equals(container) ? ID : container;

        assertThat(ControlGroup.parse(line.replace("ID", ID) + "\n")).isEqualTo(new ControlGroup(unit, id));
    }

    @Test
    void systemds_own_hierarchy_of_version_1_comes_before_the_others() {
        String text = """
                12:cpu,cpuacct:/other.service
                1:name=systemd:/system.slice/nginx.service
                0::/
                """;

        assertThat(ControlGroup.parse(text)).isEqualTo(new ControlGroup("nginx.service", null));
    }

    @Test
    void sixty_four_other_letters_are_no_container() {
        assertThat(ControlGroup.parse("0::/docker/" + "x".repeat(64)).container())
                .isNull();
    }

    @FuzzTest
    void any_text_is_read(@NotNull String text) {
        assertThat(ControlGroup.parse(text)).isNotNull();
    }
}
