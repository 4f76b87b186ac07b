package dev.berth.remedy.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.Policy.DynamicRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class RenderingTest {
    static final List<String> HOSTILE = Policies.HOSTILE;

    private static final Pattern PLAIN = Pattern.compile("(# |rem )tcp 1433:[^\\r\\n]*");
    private static final Pattern ADD = Pattern.compile(
            "(for /L %%p in \\([0-9]+,1,[0-9]+\\) do )?netsh interface (ipv4|ipv6) add excludedportrange"
                    + " protocol=(tcp|udp) startport=([0-9]+|%%p) numberofports=1 store=persistent");

    private static String golden(Rendering rendering) throws IOException {
        try (InputStream file = RenderingTest.class.getResourceAsStream("full." + rendering.label())) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_policy_with_one_of_everything_is_printed_as_the_golden_file_has_it(Rendering rendering) throws IOException {
        assertThat(rendering.render(Policies.full()).text()).isEqualTo(golden(rendering));
    }

    @Test
    void each_format_is_found_by_its_label_and_nothing_else_is() {
        assertThat(Rendering.labels())
                .containsExactly("sysctl.d", "netsh", "powershell", "ansible", "kubernetes", "systemd");
        for (Rendering rendering : Rendering.values()) {
            assertThat(Rendering.labelled(rendering.label())).contains(rendering);
        }
        assertThat(Rendering.labelled("Netsh")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void a_hostile_name_changes_its_own_comment_and_nothing_else(String name) {
        a_name_stays_in_its_comment(name);
    }

    @FuzzTest
    void any_name_changes_its_own_comment_and_nothing_else(@NotNull String name) {
        a_name_stays_in_its_comment(name);
    }

    private static void a_name_stays_in_its_comment(String name) {
        for (Rendering rendering : Rendering.values()) {
            assertThat(withoutTheName(rendering.render(Policies.named(name)).text()))
                    .as(rendering.label())
                    .isEqualTo(withoutTheName(
                            rendering.render(Policies.named("plain")).text()));
        }
    }

    private static String withoutTheName(String text) {
        assertThat(text).matches(Pattern.compile("[\\r\\n\\p{Print}\\p{L}\\p{M}\\p{N}]*"));
        return PLAIN.matcher(text).replaceFirst("$1");
    }

    @Test
    void a_batch_file_has_no_sign_that_its_shell_acts_on() {
        for (String name : Policies.HOSTILE) {
            assertThat(Rendering.NETSH.render(Policies.named(name)).text()).doesNotContainPattern("[%^&|<>!\"`'$\\\\]");
        }
    }

    @Test
    void netsh_adds_one_port_at_a_time_for_both_families() {
        List<String> lines =
                Rendering.NETSH.render(Policies.full()).text().lines().toList();
        List<String> added =
                lines.stream().filter(line -> line.contains(" add ")).toList();
        int runs = Stream.of(Protocol.values())
                .mapToInt(protocol -> Policies.full().ports(protocol).ranges().size())
                .sum();
        assertThat(added).hasSize(2 * runs).allMatch(line -> ADD.matcher(line).matches());
    }

    @Test
    void netsh_is_not_for_thousands_of_ports() {
        assertThat(Rendering.NETSH.render(Policies.scattered(500)).warnings()).noneMatch(w -> w.contains("powershell"));
        assertThat(Rendering.NETSH.render(Policies.scattered(501)).warnings()).anyMatch(w -> w.contains("powershell"));
    }

    @Test
    void what_windows_reads_is_ascii() {
        for (String name : Policies.HOSTILE) {
            for (Rendering rendering : List.of(Rendering.NETSH, Rendering.POWERSHELL)) {
                assertThat(rendering.render(Policies.named(name)).text()).matches("[\\r\\n\\x20-\\x7e]*");
            }
        }
    }

    @Test
    void a_policy_without_sysctls_takes_none_from_a_pod() {
        Policy reuse = new Policy(List.of(), DynamicRange.UNSAID, Policy.TimeWaitReuse.ON, List.of());
        assertThat(Rendering.KUBERNETES.render(reuse).text())
                .contains("initContainers:")
                .doesNotContain("sysctls:", "      securityContext:\n        sysctls");
        Rendered windows =
                Rendering.KUBERNETES.render(ranged(new DynamicRange(null, new PortRange(49_152, 65_535), null)));
        assertThat(windows.text()).endsWith("\n{}\n").doesNotContain("spec:");
        assertThat(windows.warnings())
                .anyMatch(warning -> warning.contains("Nothing in this policy is a setting of Linux"));
    }

    @Test
    void a_unit_that_cannot_be_ordered_is_warned_of() {
        assertThat(Rendering.SYSTEMD.render(Policies.named("nginx.service")).warnings())
                .noneMatch(warning -> warning.contains("nginx"));
        Rendered rendered = Rendering.SYSTEMD.render(Policies.named("user@7.service/web.service"));
        assertThat(rendered.text()).contains("sockets.target\n");
        assertThat(rendered.warnings()).anyMatch(warning -> warning.contains("user@7.service/web.service"));
    }

    @Test
    void windows_excludes_ports_before_a_range_could_hand_them_out() {
        String netsh = Rendering.NETSH.render(Policies.full()).text();
        String powershell = Rendering.POWERSHELL.render(Policies.full()).text();
        assertThat(netsh.lastIndexOf(" add ")).isLessThan(netsh.indexOf(" set "));
        assertThat(powershell.lastIndexOf(" add ")).isLessThan(powershell.indexOf(" set "));
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSCTL", "ANSIBLE", "KUBERNETES", "SYSTEMD"})
    void linux_reserves_ports_before_a_range_could_hand_them_out(Rendering rendering) {
        String text = rendering.render(Policies.full()).text();
        assertThat(text.indexOf("ip_local_reserved_ports"))
                .isPositive()
                .isLessThan(text.indexOf("ip_local_port_range"));
    }

    @ParameterizedTest
    @EnumSource
    void a_policy_that_says_nothing_sets_nothing_and_warns_of_nothing(Rendering rendering) {
        Rendered rendered = rendering.render(Policies.empty());
        assertThat(rendered.text()).endsWith("\n").doesNotContain("excludedportrange protocol=tcp startport");
        assertThat(rendered.text()).doesNotContain("ip_local");
        assertThat(rendered.warnings()).isEmpty();
    }

    @Test
    void a_list_longer_than_a_page_is_warned_of_where_it_would_be_cut() {
        Policy fits = Policies.scattered(682); // the most that one write of five digits and a comma each takes
        Policy cut = Policies.scattered(683);
        for (Rendering rendering : List.of(Rendering.SYSCTL, Rendering.KUBERNETES)) {
            assertThat(rendering.render(fits).warnings()).noneMatch(RenderingTest::tellsOfPages);
            assertThat(rendering.render(cut).warnings()).anyMatch(RenderingTest::tellsOfPages);
        }
        for (Rendering rendering : List.of(Rendering.SYSTEMD, Rendering.ANSIBLE, Rendering.NETSH)) {
            assertThat(rendering.render(cut).warnings()).noneMatch(RenderingTest::tellsOfPages);
        }
    }

    private static boolean tellsOfPages(String warning) {
        return warning.contains("longer than a page");
    }

    @Test
    void what_the_other_system_alone_is_told_is_warned_of() {
        Policy linux = ranged(new DynamicRange(new PortRange(10_240, 65_535), null, null));
        Policy windows = ranged(new DynamicRange(null, new PortRange(49_152, 65_535), null));
        assertThat(Rendering.NETSH.render(linux).warnings())
                .singleElement()
                .asString()
                .contains("none for Windows");
        assertThat(Rendering.SYSCTL.render(windows).warnings())
                .singleElement()
                .asString()
                .contains("Nothing in this policy is a setting of Linux");
        Policy reuse = new Policy(List.of(), windows.dynamicRange(), Policy.TimeWaitReuse.ON, List.of());
        assertThat(Rendering.SYSCTL.render(reuse).warnings())
                .singleElement()
                .asString()
                .contains("none for Linux");
        assertThat(Rendering.POWERSHELL.render(windows).warnings()).isEmpty();
        assertThat(Rendering.SYSTEMD.render(linux).warnings()).isEmpty();
    }

    private static Policy ranged(DynamicRange range) {
        return new Policy(List.of(), range, null, List.of());
    }

    @Test
    void what_a_kubelet_does_not_count_as_safe_is_set_by_a_privileged_container_and_warned_of() {
        Rendered rendered = Rendering.KUBERNETES.render(Policies.full());
        assertThat(rendered.text()).containsOnlyOnce("privileged: true");
        assertThat(rendered.warnings()).anyMatch(warning -> warning.contains("tcp_tw_reuse as safe"));
        assertThat(Rendering.KUBERNETES.render(Policies.named("plain")).text()).doesNotContain("privileged");
    }

    @Test
    void a_unit_starts_before_the_units_that_the_policy_names() {
        assertThat(Rendering.SYSTEMD.render(Policies.full()).text())
                .contains("sockets.target mssql-server.service nginx.service\n");
    }
}
