package dev.berth.remedy.render;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.Policy.DynamicRange;
import dev.berth.remedy.policy.Policy.Service;
import dev.berth.remedy.policy.Policy.TimeWaitReuse;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Policies to print. */
final class Policies {
    /** What hostile people would call a service: each breaks out of some format that takes it as it is. */
    static final List<String> HOSTILE = List.of(
            "it's \"quoted\" `now`",
            "a\nnet.ipv4.ip_local_port_range = 1 2",
            "a\r\nRemove-Item C:\\ -Recurse",
            "# a",
            "$(touch /tmp/berth-was-here) ${HOME} `id`",
            "{{ lookup('pipe', 'id') }} {% raw %}",
            "%PATH% %~x & del /q * | more > nul",
            "ends in ^",
            "ends in \\",
            "- a: [b, {c: d}] !!python/object *alias &anchor",
            "--- \u2028net.ipv4.tcp_tw_reuse = 9\u2029\u0085x",
            "turned \u202eround\u202c \ud800 \uffff \u0000 \u001b[31m",
            "#> exit 7 <# @' '@",
            "Größe 日本語 \u0301");

    private Policies() {}

    /** With one of everything. */
    static Policy full() {
        return new Policy(
                List.of(
                        service("SQL Server", Protocol.TCP, "1433", null, "mssql-server.service"),
                        service("web", Protocol.TCP, "8080-8090", IpAddress.parse("0.0.0.0"), "nginx.service"),
                        service("names", Protocol.UDP, "53,5353", null, null)),
                new DynamicRange(
                        new PortRange(10_240, 65_535), new PortRange(49_152, 65_535), new PortRange(50_000, 60_000)),
                TimeWaitReuse.ON,
                List.of(new Policy.Destination(Endpoint.parse("10.1.2.3:443"), 400, 0.2)));
    }

    /** That says nothing. */
    static Policy empty() {
        return new Policy(List.of(), DynamicRange.UNSAID, null, List.of());
    }

    /** Of one service of that name. */
    static Policy named(String name) {
        return new Policy(
                List.of(service(name, Protocol.TCP, "1433", null, name)), DynamicRange.UNSAID, null, List.of());
    }

    /** Of every second port from 20001 on: none of them joins another to a range. */
    static Policy scattered(int count) {
        var ports = new BitSet();
        IntStream.range(0, count).forEach(i -> ports.set(20_001 + 2 * i));
        return new Policy(
                List.of(new Service("scattered", Protocol.TCP, PortSet.of(ports), null, null, null)),
                DynamicRange.UNSAID,
                null,
                List.of());
    }

    private static Service service(
            String name, Protocol protocol, String ports, @Nullable IpAddress address, @Nullable String unit) {
        return new Service(name, protocol, PortSet.parse(ports), address, unit, null);
    }
}
