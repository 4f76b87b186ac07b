package dev.berth.windows.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.windows.system.ServiceEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownServicesTest {
    @Test
    void an_installed_service_is_taken_to_have_the_port_it_comes_with_and_says_so() {
        ConfiguredServices known = KnownServices.among(List.of(
                installed("MSSQLSERVER"), installed("postgresql-x64-16"), installed("MySQL80"), installed("Dnscache")));

        assertThat(known.services())
                .extracting(Service::ports)
                .containsExactly(PortRange.of(1433), PortRange.of(5432), PortRange.of(3306));
        Service sql = known.services().getFirst();
        assertThat(sql.unit()).isEqualTo("MSSQLSERVER");
        assertThat(sql.source()).isEqualTo("the service MSSQLSERVER is installed, and comes with port 1433");
        assertThat(known.gaps()).hasSize(1);
    }

    @Test
    void a_named_instance_of_sql_server_has_no_port_of_its_own() {
        assertThat(KnownServices.among(List.of(installed("MSSQL$SALES"))).services())
                .isEmpty();
    }

    private static ServiceEntry installed(String name) {
        return new ServiceEntry(name, name, 0, false);
    }
}
