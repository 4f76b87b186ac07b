package dev.berth.linux.configured;

import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The services found so far, each once, however many lines say it: as {@code listen 80} and {@code listen [::]:80}. */
final class Found {
    private final Map<Service, Service> bySubject = new LinkedHashMap<>();

    void add(String name, Protocol protocol, Collection<ListenPoint> points, @Nullable UnitState unit, String source) {
        for (ListenPoint point : points) {
            var service = new Service(
                    name,
                    protocol,
                    point.ports(),
                    point.address(),
                    unit == null ? null : unit.name(),
                    source,
                    unit == null ? null : unit.enabled());
            bySubject.putIfAbsent(subject(service), service);
        }
    }

    List<Service> services() {
        return new ArrayList<>(bySubject.values());
    }

    private static Service subject(Service service) {
        return new Service(
                service.name(), service.protocol(), service.ports(), service.address(), service.unit(), "", null);
    }
}
