package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commit gives the same bytes, wherever it is built; docs/install.md names what does not. */
class ReproducibleTest {
    @TempDir
    private Path folder;

    @Test
    void an_image_linked_a_second_time_is_the_same_but_for_its_archives_of_classes() throws Exception {
        Path made = Made.work();
        Path work = Files.createDirectories(folder.resolve("another place"));
        Release release = Made.release();
        Path image = work.resolve("image");
        Path module =
                ProgramModule.make(Made.CHECKOUT, Made.JAR, LinuxNatives.compile(Made.CHECKOUT, work), release, work);
        LinkedImage.link(Made.CHECKOUT, module, image);
        assertThat(module).hasSameBinaryContentAs(made.resolve(module.getFileName()));
        var first = contents(made.resolve("image"));
        first.keySet().removeIf(name -> name.startsWith("start/"));
        assertThat(contents(image)).isEqualTo(first);
    }

    @Test
    void a_tarball_of_the_same_files_is_the_same() throws Exception {
        Path again = Tarball.write(Made.work().resolve("prefix"), Made.release(), folder);
        assertThat(again).hasSameBinaryContentAs(Made.one("-linux-x64.tar.gz"));
    }

    @Test
    void a_debian_package_of_the_same_files_is_the_same() throws Exception {
        Path prefix = Made.work().resolve("prefix");
        assumeTrue(DebianPackage.canBeMade(), "there is no dpkg-deb here");
        Path again = DebianPackage.write(Made.CHECKOUT, prefix, Made.release(), folder, folder);
        assertThat(again).hasSameBinaryContentAs(Made.one("_amd64.deb"));
    }

    private static Map<String, Long> contents(Path folder) throws Exception {
        var contents = new TreeMap<String, Long>();
        for (Path file : Folder.files(folder)) {
            var sum = new CRC32();
            sum.update(Files.readAllBytes(file));
            contents.put(folder.relativize(file).toString(), sum.getValue());
        }
        return contents;
    }
}
