package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    @TempDir
    private Path top;

    @BeforeEach
    void place() throws Exception {
        Folder.copy(Made.CHECKOUT.resolve("deploy"), top.resolve("examples"));
        Documents.place(Made.CHECKOUT, top, "examples");
    }

    @Test
    void an_operator_gets_pages_findings_schemas_and_pictures() {
        assertThat(List.of("windows.md", "policy.schema.json", "findings/README.md", "json/who.schema.json", "map.svg"))
                .allSatisfy(
                        file -> assertThat(top.resolve("docs").resolve(file)).exists());
    }

    @Test
    void what_is_for_makers_stays_with_them() {
        assertThat(top.resolve("docs/release.md")).doesNotExist();
        assertThat(top.resolve("docs/decisions")).doesNotExist();
    }

    @Test
    void no_link_leads_nowhere_and_those_that_lead_somewhere_stay() throws Exception {
        assertThat(Links.broken(top)).isEmpty();
        assertThat(Files.readString(top.resolve("docs/install.md")))
                .contains("](../examples/README.md)", "](journal.md#other-versions)")
                .doesNotContain("](release.md)", "](decisions/");
        assertThat(Files.readString(top.resolve("examples/README.md"))).contains("](../docs/deploy.md)");
    }
}
