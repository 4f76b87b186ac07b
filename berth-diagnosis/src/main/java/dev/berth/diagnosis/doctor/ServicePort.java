package dev.berth.diagnosis.doctor;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices.Service;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports that a service of the host is configured to listen on, or is known for, of those that were looked for.
 *
 * @param ports those of the service's own that are meant; not empty
 */
record ServicePort(Service service, PortSet ports) {
    /** Of the services that may be started, those with ports among {@code wanted}. */
    static List<ServicePort> among(PortSet wanted, Examined host, Protocol protocol) {
        var found = new ArrayList<ServicePort>();
        for (Service service : host.further().configured().services()) {
            PortSet ports = PortSet.of(service.ports()).intersect(wanted);
            if (service.protocol() == protocol && !Boolean.FALSE.equals(service.enabled()) && !ports.isEmpty()) {
                found.add(new ServicePort(service, ports));
            }
        }
        return found;
    }

    /** {@code 1433 (SQL Server)}. */
    String words() {
        return ports.inShort() + " (" + service.name() + ")";
    }
}
