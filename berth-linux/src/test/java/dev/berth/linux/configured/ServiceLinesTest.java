package dev.berth.linux.configured;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.Cases;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.Gap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceLinesTest {
    @Test
    void what_is_written_reads_back_the_same() {
        Cases.of(ServiceLinesTest::services)
                .forEach(services -> assertThat(ServiceLines.parse(ServiceLines.text(services)))
                        .isEqualTo(services));
    }

    @FuzzTest
    void any_text_of_a_capture_is_read(@NotNull String text) {
        assertThat(ServiceLines.parse(text)).isNotNull();
    }

    private static ConfiguredServices services(Random random) {
        int first = 1 + random.nextInt(65_535);
        var service = new Service(
                "SQL Server",
                random.nextBoolean() ? Protocol.TCP : Protocol.UDP,
                new PortRange(first, first + random.nextInt(65_536 - first)),
                random.nextBoolean() ? null : new IpAddress(random.nextLong(), random.nextLong()),
                random.nextBoolean() ? null : "x@1.service",
                "/etc/x.conf:" + random.nextInt(100),
                random.nextInt(3) == 0 ? null : random.nextBoolean());
        return new ConfiguredServices(
                List.of(service, service), random.nextBoolean() ? List.of() : List.of(new Gap("what", "why")));
    }
}
