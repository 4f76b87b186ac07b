package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import dev.berth.net.IpAddress;
import dev.berth.platform.NamespaceChoice;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Routes of a private namespace, asked from outside of it. */
class SourceAddressTest {
    private static Optional<String> towards(Kernel kernel, String destination) {
        return kernel.sourceTowards(IpAddress.parse(destination)).map(IpAddress::toString);
    }

    private static int ip(PrivateNamespace namespace, String arguments) throws Exception {
        return namespace
                .call(() -> new ProcessBuilder(("ip " + arguments).split(" ", -1))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start())
                .waitFor();
    }

    @Test
    void the_source_is_what_the_routes_of_the_namespace_say() throws Exception {
        try (var namespace = PrivateNamespace.open();
                Kernel kernel = Namespaces.open(
                                new NamespaceChoice.OfProcess(namespace.pid()), LibC.here(), (query, sink) -> {})
                        .kernels()
                        .getFirst()) {
            assertThat(towards(kernel, "127.0.0.9")).contains("127.0.0.1");
            assertThat(towards(kernel, "::1")).contains("::1");
            assertThat(towards(kernel, "192.0.2.1")).isEmpty();
            assertThat(towards(kernel, "2001:db8::1")).isEmpty();

            Assumptions.assumeTrue(
                    ip(namespace, "link add out0 type veth peer name out1") == 0, "no veth devices on this kernel");
            ip(namespace, "addr add 10.9.0.5/24 dev out0");
            ip(namespace, "addr add 2001:db8:9::5/64 dev out0 nodad");
            ip(namespace, "link set out0 up");
            ip(namespace, "link set out1 up");
            ip(namespace, "route add 192.0.2.0/24 via 10.9.0.1");

            assertThat(towards(kernel, "10.9.0.9")).contains("10.9.0.5");
            assertThat(towards(kernel, "192.0.2.1")).contains("10.9.0.5");
            assertThat(towards(kernel, "2001:db8:9::9")).contains("2001:db8:9::5");
            assertThat(towards(kernel, "198.51.100.1")).isEmpty();
        }
    }
}
