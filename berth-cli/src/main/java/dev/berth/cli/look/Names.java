package dev.berth.cli.look;

import dev.berth.net.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Looks up host names as the system does: its hosts file, its name servers. */
public final class Names {
    private Names() {}

    /** Every address of the name, in the resolver's order; none where it has none or cannot be resolved. */
    public static List<IpAddress> addressesOf(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(address -> IpAddress.of(address.getAddress()))
                    .distinct()
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
