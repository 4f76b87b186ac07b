package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Elsewhere;
import dev.berth.linux.kernel.FilesOnDisk;
import dev.berth.linux.kernel.LibC;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A holder with privileges, and a search without any. */
@EnabledOnOs(OS.LINUX)
class OwnersWithoutPrivilegeTest {
    private static final List<String> WITHOUT_CAPABILITIES =
            List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all");
    private static final String LISTENER = """
            import os, socket, sys
            s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
            print(os.fstat(s.fileno()).st_ino, flush=True)
            sys.stdin.read()
            """;

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEM_CALLS", "PATHS"})
    void a_holder_out_of_reach_is_not_permitted_and_the_capabilities_are_named(String way) throws Exception {
        try (var script = Script.start(LISTENER)) {
            String inode = String.valueOf(script.numbers().getFirst());

            String said = Elsewhere.run(WITHOUT_CAPABILITIES, Search.class, way, inode);

            assertThat(said.lines()).element(0).isEqualTo("Nobody[reason=NOT_PERMITTED] complete=false");
            assertThat(said)
                    .containsPattern("what=descriptors of \\d+ process(es)? of other users")
                    .contains("why=berth runs without CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH; run it as root");
        }
    }

    /** What runs without capabilities: tells the owner of one socket. */
    static final class Search {
        private Search() {}

        public static void main(String[] arguments) throws Exception {
            var inodes = new InodeSet();
            long inode = Long.parseLong(arguments[1]);
            inodes.add(inode);
            var descriptors = new LiveDescriptors(arguments[0].equals("PATHS") ? null : LibC.here());
            Owners owners = OwnerSearch.find(
                    new FilesAndDescriptors(new FilesOnDisk(), descriptors::walk), OwnerQuery.everyHolder(inodes));
            System.out.printf(Locale.ROOT, "%s complete=%s%n%s%n", owners.of(inode), owners.complete(), owners.gaps());
        }
    }
}
