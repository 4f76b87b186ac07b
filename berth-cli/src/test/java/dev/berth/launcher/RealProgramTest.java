package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.cli.Schemas;
import dev.berth.launcher.Checkout.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with the program it is for, built as on a fresh clone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealProgramTest {
    private final Checkout checkout;
    private final Map<String, String> java17First;
    private final Result firstUse;

    RealProgramTest(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the POSIX launcher needs /bin/sh");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "doctor looks at Linux");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path java17 = OtherJdk.in(folder, "17.0.15");
        java17First = Map.of(
                "JAVA_HOME", java17.toString(),
                "PATH", java17.resolve("bin") + ":" + System.getenv("PATH"),
                "BERTH_JDK_FOLDERS", System.getProperty("java.home") + "/..");
        checkout = Checkout.whole(folder.resolve("checkout"));
        firstUse = checkout.run(java17First, "doctor", "--json");
    }

    private static void assertDocument(String command, Result ran) throws Exception {
        assertThat(ran.exitCode()).as(ran.err()).isIn(0, 1);
        assertThat(Schemas.errors(command, ran.out())).as(ran.out()).isEmpty();
    }

    @Test
    void the_first_use_on_a_fresh_clone_writes_a_whole_document() throws Exception {
        assertDocument("doctor", firstUse);
        assertThat(firstUse.err()).contains("building from source");
    }

    @Test
    void a_later_use_writes_only_the_document() throws Exception {
        Result doctor = checkout.run(java17First, "doctor", "--json");

        assertDocument("doctor", doctor);
        assertThat(doctor.err()).isEmpty();
    }

    @Test
    void it_starts_from_the_cache_that_was_trained_on_it() throws Exception {
        Result who = checkout.run(Map.of("BERTH_JAVA_OPTIONS", "-Xlog:aot:stderr"), "who", "1", "--json");

        assertDocument("who", who);
        assertThat(who.err()).contains("Using AOT-linked classes: true");
    }

    @Test
    void another_user_runs_what_was_built() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "becoming another user takes root");
        var asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        var command = new ArrayList<>(asNobody);
        command.addAll(List.of(checkout.folder().resolve("berth").toString(), "list", "--json"));

        Result list = checkout.start(Map.of(), command).result();

        assertDocument("list", list);
        assertThat(list.err()).isEmpty();
    }
}
