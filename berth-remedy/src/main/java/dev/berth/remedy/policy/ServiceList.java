package dev.berth.remedy.policy;

import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the services of a policy, and refuses those that stand in each other's way. */
final class ServiceList {
    private static final List<String> KEYS = List.of("name", "port", "ports", "protocol", "address", "unit", "process");
    private static final String TCP = Protocol.TCP.label();
    private static final String UDP = Protocol.UDP.label();

    private static final Pattern UNIT =
            Pattern.compile(".+\\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)");
    private static final Pattern TEMPLATE = Pattern.compile("[^/]*@(\\.[a-z]+)?");

    private final Values values;
    private final Faults faults;
    private final List<Service> services = new ArrayList<>();
    private final Map<String, Service> byName = new HashMap<>();
    private final Claims claims = new Claims();

    ServiceList(Values values, Faults faults) {
        this.values = values;
        this.faults = faults;
    }

    List<Service> read(List<Node> nodes) {
        for (Node node : nodes) {
            Service service = service(node);
            if (service != null) {
                check(node, service);
                claims.add(service);
                services.add(service);
            }
        }
        return services;
    }

    private void check(Node node, Service service) {
        if (byName.putIfAbsent(service.name(), service) != null) {
            faults.add(
                    node,
                    "two services are called '" + service.name() + "'",
                    "a service is known by its name",
                    "name one of them otherwise, or write both under one name with ports:");
        }
        if (!claims.meets(service)) {
            return;
        }
        for (Service other : services) {
            PortSet both = other.ports().intersect(service.ports());
            if (Claims.meet(other, service) && !both.isEmpty()) {
                faults.add(
                        node,
                        "'%s' and '%s' both have %s port%s %s"
                                .formatted(
                                        other.name(),
                                        service.name(),
                                        service.protocol().label(),
                                        both.size() == 1 ? "" : "s",
                                        both),
                        "only one can bind " + (both.size() == 1 ? "it" : "each") + " at " + where(service, other),
                        "give one of them another port, or both an address of their own");
                return;
            }
        }
    }

    private static String where(Service one, Service other) {
        IpAddress address = one.address() != null ? one.address() : other.address();
        return address == null ? "every address" : address.toString();
    }

    private @Nullable Service service(Node node) {
        Keys keys = Keys.of(node, "a service", KEYS, faults);
        if (keys == null) {
            return null;
        }
        Node nameNode = keys.required("name", "a service is known by its name", "add name: NAME");
        String name = nameNode == null ? null : values.word(nameNode, "name");
        PortSet ports = ports(keys);
        Node protocolNode = keys.get("protocol");
        String protocol = protocolNode == null ? TCP : values.choice(protocolNode, "protocol", List.of(TCP, UDP));
        Node address = keys.get("address");
        Node unit = keys.get("unit");
        Node process = keys.get("process");
        if (unit != null && process != null) {
            faults.add(process, "a unit and a process are given", "one of them says who may hold it", "keep one");
        }
        IpAddress where = address == null ? null : values.address(address);
        String unitName = unit == null ? null : unit(unit);
        String processName = process == null ? null : values.word(process, "process name");
        return name == null || ports == null || protocol == null
                ? null
                : new Service(
                        name, protocol.equals(TCP) ? Protocol.TCP : Protocol.UDP, ports, where, unitName, processName);
    }

    /** As the service manager has it: {@code nginx} is {@code nginx.service}. See systemd.unit(5). */
    private @Nullable String unit(Node node) {
        String name = values.word(node, "unit");
        if (name == null) {
            return null;
        }
        if (TEMPLATE.matcher(name).matches()) {
            faults.add(
                    node,
                    "the unit '" + name + "' is a template",
                    "it holds no port: its instances do",
                    "name one, like " + name.replace("@", "@1"));
            return null;
        }
        return name.contains("/") || UNIT.matcher(name).matches() ? name : name + ".service";
    }

    private @Nullable PortSet ports(Keys keys) {
        Node one = keys.get("port");
        Node several = keys.get("ports");
        if (one != null && several != null) {
            faults.add(several, "port and ports are both given", "a service has one of them", "write all into ports:");
        }
        if (several != null) {
            return values.ports(several);
        }
        one = one != null ? one : keys.required("port", "a service has port or ports", "add port: 8080");
        return one == null ? null : values.port(one);
    }
}
