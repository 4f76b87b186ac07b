package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Kernel;
import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.util.List;
import org.junit.jupiter.api.Test;

class SockDiagContractTest extends LinuxContract {
    @Override
    Kernel over(Kernel live) {
        return live;
    }

    @Test
    void the_kernel_accepts_every_filter_program() throws Exception {
        var listener = listener("127.0.0.1");
        for (int i = 0; i < 250; i++) { // enough to be cut in two
            clientOf(listener);
            closing(listener.accept());
        }
        var everything = SocketQuery.everything();
        for (var query : List.of(
                everything,
                everything.with(PortRange.of(1433)),
                everything.with(new PortRange(1000, 2000)),
                everything.with(PortOrigin.EXPLICIT),
                everything.with(Endpoint.parse("127.0.0.1:1433")).with(new PortRange(1000, 60_000)),
                everything.with(Endpoint.parse("[::1]:0")).with(PortOrigin.EXPLICIT))) {
            try (SocketDump dump = host().sockets(query, 2)) {
                assertThat(dump.gaps()).isEmpty(); // a refusal would read procfs instead, and say so here
            }
        }
    }
}
