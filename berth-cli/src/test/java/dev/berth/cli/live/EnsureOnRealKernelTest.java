package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth ensure} on a kernel: a service that is down, and a client that has its port. */
class EnsureOnRealKernelTest {
    private final Stage stage = new Stage();

    @TempDir
    private Path folder;

    EnsureOnRealKernelTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private Answer ensure(Path policy, String options) throws Exception {
        return Stage.askAnywhere(
                "ensure " + policy + options + " --netns " + stage.resident(),
                Map.of("BERTH_STATE", folder.resolve("state").toString()));
    }

    @Test
    void a_port_that_a_client_drew_is_reserved_and_pending_until_its_server_has_it() throws Exception {
        Path policy = folder.resolve("berth.yaml");
        Files.writeString(policy, "{services: [{name: SQL Server, port: 52433}], timeWaitReuse: on}");
        Stage.Connection client = stage.clientThatDrew(52433);
        stage.dynamicRange(32768, 60999);

        Answer before = ensure(policy, " --check");
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.texts("/items", "/state")).containsExactly("drift", "pending", "drift");

        Answer made = ensure(policy, " --yes");
        assertThat(made.code()).isEqualTo(1);
        assertThat(made.text("/change/outcome")).isEqualTo("applied");
        assertThat(made.texts("/items", "/state")).containsExactly("ok", "pending", "ok");
        assertThat(made.text("/items/1/next")).isEqualTo("berth free 52433 --netns " + stage.resident());

        client.accepted().close();
        client.client().close();
        stage.listener(LOOPBACK, 52433);
        Answer after = ensure(policy, " --yes");
        assertThat(after.code()).as(after.document().toString()).isZero();
        assertThat(after.text("/change/outcome")).isEqualTo("nothing");
        assertThat(ensure(policy, " --check").code()).isZero();
    }

    @Test
    void an_address_that_is_not_there_yet_is_a_gap_and_nothing_is_pending() throws Exception {
        Path policy = folder.resolve("berth.yaml");
        Files.writeString(policy, "services: [{name: SQL Server, port: 1433, address: 10.77.0.5}]");
        Answer made = ensure(policy, " --yes");
        assertThat(made.code()).as(made.document().toString()).isZero();
        assertThat(made.texts("/items", "/state")).containsExactly("ok");
        assertThat(made.texts("/gaps", "/what")).contains("who holds tcp 1433 at 10.77.0.5");
    }

    @Test
    void what_is_drafted_from_a_namespace_holds_there_once_it_is_ensured() throws Exception {
        stage.listener(LOOPBACK, 8088);
        Path policy = folder.resolve("berth.yaml");
        Answer drafted = Stage.askAnywhere("policy init -o " + policy + " --netns " + stage.resident());
        assertThat(drafted.code()).isZero();
        assertThat(drafted.at("/ports").toString()).isEqualTo("[{\"first\":8088,\"last\":8088}]");
        assertThat(ensure(policy, " --yes").code()).isZero();
        assertThat(ensure(policy, " --check").code()).isZero();
    }
}
