package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
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
    void the_same_image_gives_the_same_texts_around_it() throws Exception {
        Path made = Made.work();
        Path prefix = folder.resolve("another prefix");
        Prefix.make(Made.CHECKOUT, made.resolve("image"), prefix);
        Contents.describe(
                Made.CHECKOUT,
                Made.JAR,
                Made.release(),
                Path.of(System.getProperty("java.home")),
                prefix.resolve("lib/berth"),
                prefix.resolve("share/doc/berth"));
        assertThat(around(prefix))
                .containsKeys(
                        "bin/berth",
                        "share/bash-completion/completions/berth",
                        "share/man/man1/berth-why.1.gz",
                        "share/doc/berth/NOTICES.txt",
                        "share/doc/berth/berth.cdx.json")
                .isEqualTo(around(made.resolve("prefix")));
    }

    private static Map<String, Long> around(Path prefix) throws Exception {
        var texts = contents(prefix);
        texts.keySet().removeIf(name -> name.startsWith("lib/berth/"));
        return texts;
    }

    @Test
    @Tag("long")
    void two_checkouts_give_tarballs_that_differ_in_their_archives_of_classes_only() throws Exception {
        Made.packages(); // where no packages are made, none can be compared
        var one = unpacked(Files.createDirectory(folder.resolve("one")));
        var other = unpacked(Files.createDirectories(folder.resolve("some where/else")));
        assertThat(one).isNotEmpty();
        assertThat(other).isEqualTo(one);
    }

    /** What is in the tarball of a checkout of its own, below {@code ground}; but for the archives of classes. */
    private static Map<String, Long> unpacked(Path ground) throws Exception {
        Tool.run(
                ground,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "CHECKOUT", Made.CHECKOUT.toString()),
                List.of("sh", "-euc", """
                git -c safe.directory='*' clone --quiet --no-hardlinks "$CHECKOUT" checkout
                checkout/package packages || [ $? -eq 4 ]
                mkdir unpacked
                tar -xzf packages/berth-*-linux-x64.tar.gz -C unpacked
                """));
        var contents = contents(ground.resolve("unpacked"));
        contents.keySet().removeIf(name -> name.contains("/lib/berth/start/"));
        return contents;
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
