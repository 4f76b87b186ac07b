package dev.berth.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.remedy.policy.PolicyReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Every file under deploy/, read by the program it is for. */
class DeployedFilesTest {
    private static final double MOST_EXPOSED = 3.5; // systemd-analyze security: 0 is locked up, 10 is wide open

    @TempDir
    private Path folder;

    @Test
    void systemd_has_nothing_to_say_against_the_units() throws Exception {
        for (String unit : List.of("berth-ensure.service", "mssql-server.service")) {
            Path drop = Tool.deployed("systemd/" + unit + ".d/berth.conf");
            boolean dropIn = Files.exists(drop);
            String text =
                    dropIn ? "[Service]\nExecStart=/bin/true\n" : Files.readString(Tool.deployed("systemd/" + unit));
            if (dropIn) {
                Tool.write(folder.resolve(unit + ".d/berth.conf"), here(Files.readString(drop)));
            }
            Path file = Tool.write(folder.resolve(unit), here(text));
            assertThat(Tool.run("systemd-analyze", "verify", "--man=no", file.toString())
                            .well())
                    .doesNotContain(unit);
        }
    }

    /** Verifying wants a program where the unit has it, and Berth may not be installed here. */
    private static String here(String unit) {
        return unit.replace("/usr/bin/berth", "/bin/true");
    }

    @Test
    void the_unit_is_locked_up_as_far_as_its_work_allows() throws Exception {
        Path unit = Tool.deployed("systemd/berth-ensure.service");
        String said = Tool.run("systemd-analyze", "security", "--offline=true", "--no-pager", unit.toString())
                .well();
        List<String> exposure = Pattern.compile("exposure level for berth-ensure.service: ([0-9.]+)")
                .matcher(said)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(exposure).as(said).hasSize(1);
        assertThat(Double.parseDouble(exposure.getFirst())).isLessThanOrEqualTo(MOST_EXPOSED);
    }

    @Test
    void the_unit_blocks_neither_the_compiler_of_the_jvm_nor_the_settings_of_the_network() throws Exception {
        assertThat(Files.readString(Tool.deployed("systemd/berth-ensure.service")))
                .contains("ReadWritePaths=/proc/sys/net\n", "ReadWritePaths=-/etc/sysctl.d\n")
                .doesNotContain("MemoryDenyWriteExecute=", "ProtectKernelTunables=", "PrivateNetwork=", "ProcSubset=");
    }

    @Test
    void the_guide_tells_the_line_of_one_service_as_it_is_here() throws Exception {
        String line = Files.readString(Tool.deployed("systemd/mssql-server.service.d/berth.conf"))
                .lines()
                .filter(one -> one.startsWith("ExecStartPre="))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(Tool.REPOSITORY.resolve("docs/policy.md"))).contains("`" + line + "`");
    }

    @Test
    void ansible_reads_the_role() throws Exception {
        Path site = Tool.deployed("ansible/site.yml");
        Tool.run("ansible-playbook", "--syntax-check", "-i", "localhost,", site.toString())
                .well();
    }

    @Test
    void ansible_lint_finds_nothing_in_the_role() throws Exception {
        Tool.run(
                        "ansible-lint",
                        "--offline",
                        "--nocolor",
                        "-q",
                        Tool.deployed("ansible/site.yml").toString(),
                        Tool.deployed("ansible/berth_ensure").toString())
                .well();
    }

    @Test
    void kubernetes_knows_every_field_of_the_manifests() throws Exception {
        assertThat(known("pod.yaml")).contains("value: 1433,8080-8090", "value: 10240 65535");
        assertThat(known("init-container.yaml")).contains("initContainers:", "privileged: true", "/proc/sys/net/ipv4");
        String[] nodes =
                Files.readString(Tool.deployed("kubernetes/daemonset.yaml")).split("---\n", -1);
        Path daemons = Tool.write(folder.resolve("daemonset.yaml"), nodes[1]);
        assertThat(RenderedForLinuxTest.knownToKubernetes(daemons))
                .contains(
                        "hostNetwork: true",
                        "hostPID: true",
                        "privileged: true",
                        "DirectoryOrCreate",
                        "readOnly: true");
        String policy = nodes[0].substring(nodes[0].indexOf("|\n") + 2).stripIndent();
        assertThat(PolicyReader.read(policy, "daemonset.yaml").services()).hasSize(2);
    }

    private static String known(String file) throws Exception {
        return RenderedForLinuxTest.knownToKubernetes(Tool.deployed("kubernetes/" + file));
    }

    @Test
    void the_task_of_windows_starts_at_boot_as_the_system_with_all_its_rights() throws Exception {
        Path file = Tool.deployed("windows/berth-ensure-task.xml");
        String text = Files.readString(file, StandardCharsets.US_ASCII); // fails on any other letter
        assertThat(text).startsWith("<?xml version=\"1.0\"?>");
        Element task = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        assertThat(task.getElementsByTagName("BootTrigger").getLength()).isEqualTo(1);
        assertThat(text(task, "UserId")).isEqualTo("S-1-5-18"); // LocalSystem
        assertThat(text(task, "RunLevel")).isEqualTo("HighestAvailable");
        assertThat(text(task, "Command")).endsWith("\\powershell.exe");
    }

    private static String text(Element task, String element) {
        return task.getElementsByTagName(element).item(0).getTextContent();
    }
}
