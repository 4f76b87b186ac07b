package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillTest {
    private static final Path LIBRARIES = Made.CHECKOUT.resolve("berth-cli/target/libraries");

    private static Path file;
    private static Bom bill;

    @BeforeAll
    static void read() throws Exception {
        file = Made.one(Made.release().fileName() + ".cdx.json");
        bill = new JsonParser().parse(Files.readAllBytes(file));
    }

    @Test
    void it_is_what_cyclonedx_says_a_bill_is() throws Exception {
        assertThat(new JsonParser().validate(Files.readAllBytes(file), Version.VERSION_16))
                .isEmpty();
    }

    @Test
    void it_is_in_the_package_too() throws Exception {
        assertThat(Made.work().resolve("prefix/share/doc/berth/berth.cdx.json")).hasSameBinaryContentAs(file);
    }

    @Test
    void every_class_of_the_program_is_of_a_jar_that_it_names() throws Exception {
        Set<String> left = classes(Made.JAR);
        left.removeAll(classes(Made.CHECKOUT
                .resolve("berth-cli/target")
                .resolve("berth-cli-" + bill.getMetadata().getComponent().getVersion() + ".jar")));
        for (Component library : libraries()) {
            Path jar = LIBRARIES.resolve(library.getName() + ".jar");
            assertThat(library.getHashes().getFirst().getValue()).isEqualTo(Checksums.of(jar));
            assertThat(left.removeAll(classes(jar))).as(library.getName()).isTrue();
        }
        assertThat(left).isEmpty();
    }

    @Test
    void every_library_has_a_version_a_purl_and_a_licence_that_spdx_knows() {
        assertThat(libraries())
                .extracting(
                        Component::getName,
                        library ->
                                library.getLicenses().getLicenses().getFirst().getId())
                .contains(
                        tuple("berth-net", "Apache-2.0"),
                        tuple("commons-cli", "Apache-2.0"),
                        tuple("jackson-core", "Apache-2.0"),
                        tuple("snakeyaml-engine", "Apache-2.0"));
        assertThat(libraries())
                .allSatisfy(library -> assertThat(library.getPurl())
                        .isEqualTo("pkg:maven/" + library.getGroup() + "/" + library.getName() + "@"
                                + library.getVersion()));
    }

    @Test
    void what_a_library_carries_of_others_is_below_it() {
        assertThat(component(bill, "jackson-core").getComponents())
                .extracting(Component::getName)
                .contains("FastDoubleParser", "Schubfach");
    }

    @Test
    void data_of_others_is_there_with_its_licence_and_who_needs_it() {
        Component netbase = component(bill, "netbase");
        assertThat(netbase.getType()).isEqualTo(Component.Type.DATA);
        assertThat(netbase.getLicenses().getLicenses().getFirst().getId()).isEqualTo("GPL-2.0-only");
        assertThat(netbase.getCopyright()).contains("Peter Tobias", "Anthony Towns", "Marco d'Itri");
    }

    @Test
    void the_java_is_there_with_its_modules_and_what_others_wrote_of_them() throws Exception {
        Component java = component(bill, "openjdk");
        assertThat(java.getVersion()).isEqualTo(Runtime.version().toString());
        assertThat(java.getComponents())
                .extracting(Component::getName)
                .containsExactly("java.base", "java.xml", "jdk.httpserver");
        assertThat(java.getComponents().getFirst().getComponents())
                .extracting(Component::getName)
                .contains("zlib");
        try (Stream<Path> legal = Files.walk(Made.work().resolve("image/legal"))) {
            assertThat(java.getComponents().stream()
                            .filter(module -> module.getComponents() != null)
                            .mapToLong(module -> module.getComponents().size())
                            .sum())
                    .isEqualTo(legal.filter(text -> text.toString().endsWith(".md"))
                            .filter(text -> !Files.isSymbolicLink(text))
                            .count());
        }
    }

    @Test
    void the_zip_for_windows_has_a_bill_of_its_own_for_it_has_another_java() throws Exception {
        Path windows = Made.packages().resolve(Made.release().fileName() + "-windows-x64.cdx.json");
        assumeTrue(Files.exists(windows), "no zip for Windows was made: .ci/windows-runtime");
        byte[] json = Files.readAllBytes(windows);
        assertThat(new JsonParser().validate(json, Version.VERSION_16)).isEmpty();
        Bom made = new JsonParser().parse(json);
        Component java = component(made, "openjdk");
        assertThat(Files.readString(Made.work().resolve("windows/runtime/release")))
                .contains(java.getVersion());
        assertThat(Made.work().resolve("windows/NOTICES.txt"))
                .content()
                .contains("OpenJDK " + java.getVersion(), "are in runtime/legal")
                .contains(MicrosoftRuntime.NAME, "vcruntime140.dll", MicrosoftRuntime.TERMS);
        assertThat(component(made, MicrosoftRuntime.NAME).getDescription())
                .contains("vcruntime140.dll", "ucrtbase.dll");
        assertThat(Made.work().resolve("prefix/share/doc/berth/NOTICES.txt"))
                .content()
                .doesNotContain(MicrosoftRuntime.NAME);
    }

    @Test
    void the_program_needs_everything_that_is_in_it() {
        Map<String, Set<String>> needs = new HashMap<>();
        bill.getDependencies().forEach(dependency -> {
            Set<String> needed = needs.computeIfAbsent(dependency.getRef(), ref -> new HashSet<>());
            if (dependency.getDependencies() != null) {
                dependency.getDependencies().forEach(other -> needed.add(other.getRef()));
            }
        });
        Set<String> reached = new HashSet<>();
        var next = new ArrayDeque<>(List.of(bill.getMetadata().getComponent().getBomRef()));
        while (!next.isEmpty()) {
            needs.getOrDefault(next.pop(), Set.of()).stream()
                    .filter(reached::add)
                    .forEach(next::push);
        }
        assertThat(reached)
                .containsExactlyInAnyOrderElementsOf(
                        bill.getComponents().stream().map(Component::getBomRef).toList());
    }

    @Test
    void the_same_program_gives_the_same_bill(@TempDir Path folder) throws Exception {
        Contents.describe(
                Made.CHECKOUT,
                Made.JAR,
                Made.release(),
                Path.of(System.getProperty("java.home")),
                Made.work().resolve("image"),
                folder);
        assertThat(folder.resolve(Contents.BILL)).hasSameBinaryContentAs(file);
    }

    private static List<Component> libraries() {
        return bill.getComponents().stream()
                .filter(component -> component.getType() == Component.Type.LIBRARY)
                .toList();
    }

    private static Component component(Bom of, String name) {
        return of.getComponents().stream()
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var names = new TreeSet<String>();
            zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .forEach(names::add);
            return names;
        }
    }
}
