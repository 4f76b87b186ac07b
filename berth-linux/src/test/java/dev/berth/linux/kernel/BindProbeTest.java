package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.BindOutcome;
import dev.berth.platform.SystemError;
import org.junit.jupiter.api.Test;

class BindProbeTest {
    @Test
    void only_bind_refuses_a_port() {
        assertThat(BindProbe.outcome(new NativeCallException("bind", Errno.EADDRINUSE)))
                .isEqualTo(new BindOutcome.Refused(new SystemError("EADDRINUSE", 98)));
        assertThat(BindProbe.outcome(new NativeCallException("socket", Errno.EAFNOSUPPORT)))
                .isEqualTo(new BindOutcome.NotTried("socket failed: EAFNOSUPPORT (97)"));
        assertThat(BindProbe.outcome(new NativeCallException("setsockopt", 77)))
                .isEqualTo(new BindOutcome.NotTried("setsockopt failed: errno 77 (77)"));
    }
}
