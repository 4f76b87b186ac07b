package dev.berth.net;

import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ports that software is known to listen on: registered ones, and defaults of widespread products. A port chosen by hand
 * had better be none of them. The list is {@code registered-ports.properties} beside this class, which names its sources.
 */
public final class RegisteredPorts {
    /**
     * The ports that Kubernetes gives to services of type NodePort unless told otherwise
     * ({@code --service-node-port-range}); kube-proxy takes their traffic without holding a socket.
     */
    public static final PortRange NODE_PORTS = new PortRange(30_000, 32_767);

    private static final class Shipped {
        static final RegisteredPorts LIST = read();

        private static RegisteredPorts read() {
            // a resource bundle, because this package opens no streams
            var bundle = ResourceBundle.getBundle("dev.berth.net.registered-ports", Locale.ROOT);
            var names = new TreeMap<String, String>();
            for (String key : bundle.keySet()) {
                names.put(key, bundle.getString(key));
            }
            return new RegisteredPorts(names);
        }
    }

    private final Map<Integer, String> tcp = new TreeMap<>();
    private final Map<Integer, String> udp = new TreeMap<>();

    private RegisteredPorts(Map<String, String> names) {
        names.forEach((key, name) -> {
            int slash = key.indexOf('/');
            int port = Ports.parse(slash < 0 ? key : key.substring(0, slash), 1);
            String protocol = slash < 0 ? "" : key.substring(slash + 1);
            if (!protocol.equals(Protocol.UDP.label())) {
                tcp.put(port, name);
            }
            if (!protocol.equals(Protocol.TCP.label())) {
                udp.put(port, name);
            }
        });
    }

    /** The list that comes with Berth; read when it is first asked for. */
    public static RegisteredPorts shipped() {
        return Shipped.LIST;
    }

    /** The service that is known to use the port, such as {@code postgresql}, or null. */
    public @Nullable String service(Protocol protocol, int port) {
        return names(protocol).get(port);
    }

    /** Every port that a service is known for. */
    public PortSet ports(Protocol protocol) {
        var ports = new BitSet();
        names(protocol).keySet().forEach(ports::set);
        return PortSet.of(ports);
    }

    private Map<Integer, String> names(Protocol protocol) {
        return protocol == Protocol.TCP ? tcp : udp;
    }
}
