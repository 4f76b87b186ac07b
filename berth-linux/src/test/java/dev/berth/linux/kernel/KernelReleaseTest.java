package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelReleaseTest {
    @Test
    void what_a_kernel_can_do_follows_from_its_number() {
        assertThat(KernelRelease.parse("6.7.12-amd64").showsBoundSockets()).isFalse();
        assertThat(KernelRelease.parse("6.8.0-31-generic").showsBoundSockets()).isTrue();
        assertThat(KernelRelease.parse("6.17.9").keepsPortsClosedAfterBind()).isTrue();
        assertThat(KernelRelease.parse("6.18.44").keepsPortsClosedAfterBind()).isFalse();
        assertThat(KernelRelease.parse("10.0").showsBoundSockets()).isTrue();
    }

    @Test
    void an_unreadable_number_promises_nothing() {
        var release = KernelRelease.parse("custom");
        assertThat(release.showsBoundSockets()).isFalse();
        assertThat(release.keepsPortsClosedAfterBind()).isTrue();
    }
}
