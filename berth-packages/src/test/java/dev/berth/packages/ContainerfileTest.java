package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerfileTest {
    private static final Path FILE = Made.CHECKOUT.resolve("deploy/container/Containerfile");

    @Test
    void the_user_is_a_number_that_kubernetes_can_tell_from_root() throws Exception {
        List<String> users = Files.readAllLines(FILE).stream()
                .filter(line -> line.startsWith("USER "))
                .toList();
        assertThat(users).hasSize(1).first().asString().matches("USER [1-9][0-9]*:[1-9][0-9]*");
    }

    @Test
    void nothing_is_run_to_build_it_and_so_nothing_is_fetched() throws Exception {
        assertThat(Files.readAllLines(FILE)).noneMatch(line -> line.startsWith("RUN ") || line.contains(":latest"));
    }
}
