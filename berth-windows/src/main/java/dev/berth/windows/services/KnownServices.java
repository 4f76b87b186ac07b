package dev.berth.windows.services;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.Gap;
import dev.berth.windows.system.ServiceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The ports that installed services come with, by the names their installers give them. It is knowledge about names: a service
 * may have been told another port in a place of its own, which is not read, and the source of each says so.
 */
public final class KnownServices {
    private static final Gap NOT_READ = new Gap(
            "ports in the services' own settings",
            "not read on Windows: an installed service is taken to have the port it comes with");

    private static final List<Known> ALL = List.of(
            new Known("mssqlserver", "SQL Server", Protocol.TCP, 1_433),
            new Known("sqlbrowser", "SQL Server Browser", Protocol.UDP, 1_434),
            new Known("mysql\\d*", "MySQL", Protocol.TCP, 3_306),
            new Known("mariadb", "MariaDB", Protocol.TCP, 3_306),
            new Known("postgresql.*", "PostgreSQL", Protocol.TCP, 5_432),
            new Known("oracle.*tnslistener", "Oracle listener", Protocol.TCP, 1_521),
            new Known("mongodb", "MongoDB", Protocol.TCP, 27_017),
            new Known("redis", "Redis", Protocol.TCP, 6_379),
            new Known("rabbitmq", "RabbitMQ", Protocol.TCP, 5_672),
            new Known("elasticsearch.*", "Elasticsearch", Protocol.TCP, 9_200),
            new Known("tomcat\\d*", "Tomcat", Protocol.TCP, 8_080),
            new Known("termservice", "Remote Desktop", Protocol.TCP, 3_389),
            new Known("sshd", "OpenSSH", Protocol.TCP, 22));

    /** @param names a pattern of the lower-case name of the service */
    private record Known(Pattern names, String title, Protocol protocol, int port) {
        Known(String names, String title, Protocol protocol, int port) {
            this(Pattern.compile(names), title, protocol, port);
        }

        Service of(ServiceEntry entry) {
            return new Service(
                    title,
                    protocol,
                    PortRange.of(port),
                    null,
                    entry.name(),
                    "the service " + entry.name() + " is installed, and comes with port " + port,
                    null);
        }
    }

    private KnownServices() {}

    /** Those that are known of {@code installed}. */
    public static ConfiguredServices among(List<ServiceEntry> installed) {
        var services = new ArrayList<Service>();
        for (ServiceEntry entry : installed) {
            String name = entry.name().toLowerCase(Locale.ROOT);
            ALL.stream()
                    .filter(known -> known.names().matcher(name).matches())
                    .forEach(known -> services.add(known.of(entry)));
        }
        return new ConfiguredServices(services, List.of(NOT_READ));
    }
}
