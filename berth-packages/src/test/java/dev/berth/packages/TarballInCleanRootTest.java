package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tarball, unpacked and used in a clean system. */
class TarballInCleanRootTest {
    @Test
    void it_answers_root_and_everybody_else_without_any_java_from_a_path_with_spaces() throws Exception {
        try (CleanRoot system = CleanRoot.open(Made.packages())) {
            system.run("""
                    mkdir '/opt/a folder with spaces'
                    cd '/opt/a folder with spaces'
                    tar -xzf /mnt/berth-*-linux-x64.tar.gz
                    mv berth-* 'the berth'
                    """);
            assertThat(system.run("! command -v java")).isEmpty();
            String questions = """
                    cd '/opt/a folder with spaces'
                    'the berth/bin/berth' version
                    'the berth/bin/berth' doctor
                    cd 'the berth/bin'
                    ./berth why 1433
                    ./berth ensure ../share/doc/berth/examples/berth.yaml --check || echo "ends with $?"
                    """;
            assertThat(system.run(questions))
                    .startsWith("berth ")
                    .contains("Nothing wrong with the ports of this host.")
                    .contains("tcp 1433 is free")
                    .contains("SQL Server: 1433 is not reserved (none → 1433)")
                    .endsWith("ends with 1\n");
            assertThat(system.runAsNobody(questions))
                    .startsWith("berth ")
                    .contains("Nothing wrong with the ports of this host.")
                    .contains("tcp 1433 is free")
                    .contains("SQL Server: 1433 is not reserved (none → 1433)")
                    .endsWith("ends with 1\n");
        }
    }
}
