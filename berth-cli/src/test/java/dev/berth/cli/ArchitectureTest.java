package dev.berth.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the rooms: they only point down. */
class ArchitectureTest {
    private static final JavaClasses BERTH = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("test-classes") && !place.contains("-tests.jar"))
            .importPackages("dev.berth");

    private static void nobodyIn(String room, String... mayNotUse) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(mayNotUse)
                .check(BERTH);
    }

    @Test
    void the_language_of_ports_depends_on_nothing() {
        nobodyIn(
                "dev.berth.net..",
                "dev.berth.platform..",
                "dev.berth.diagnosis..",
                "dev.berth.remedy..",
                "dev.berth.linux..",
                "dev.berth.windows..",
                "dev.berth.cli..",
                "java.io..",
                "java.nio.file..",
                "java.net..",
                "java.lang.foreign..");
    }

    @Test
    void the_door_knows_only_the_language() {
        nobodyIn(
                "dev.berth.platform..",
                "dev.berth.diagnosis..",
                "dev.berth.remedy..",
                "dev.berth.linux..",
                "dev.berth.windows..",
                "dev.berth.cli..");
    }

    @Test
    void the_diagnosis_reads_nothing_but_what_it_ships_and_waits_for_nobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.berth.diagnosis..")
                .and()
                .doNotHaveFullyQualifiedName("dev.berth.diagnosis.explain.Shipped")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.berth.remedy..",
                        "dev.berth.linux..",
                        "dev.berth.windows..",
                        "dev.berth.cli..",
                        "java.io..",
                        "java.nio.file..",
                        "java.net..",
                        "java.lang.foreign..")
                .check(BERTH);
        nobodyIn(
                "dev.berth.diagnosis.explain..",
                "dev.berth.remedy..",
                "dev.berth.linux..",
                "dev.berth.windows..",
                "dev.berth.cli..",
                "java.nio.file..",
                "java.net..",
                "java.lang.foreign..");
    }

    @Test
    void whoever_reads_lines_knows_no_other_diagnosis() {
        onlyUses("dev.berth.diagnosis.explain", "dev.berth.net..", "dev.berth.platform..", "org.snakeyaml..");
        onlyUses(
                "dev.berth.cli.log",
                "dev.berth.net..",
                "dev.berth.platform..",
                "dev.berth.diagnosis.explain..",
                "tools.jackson..");
    }

    @Test
    void the_lab_knows_berth_as_a_person_does() {
        onlyUses("dev.berth.lab", "dev.berth.net..", "dev.berth.client..", "javax.net..", "com.sun.net.httpserver..");
    }

    private static void onlyUses(String room, String... others) {
        var mayUse = new ArrayList<>(List.of(room + "..", "java..", "org.jspecify.."));
        mayUse.addAll(List.of(others));
        classes()
                .that()
                .resideInAPackage(room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(mayUse.toArray(String[]::new))
                .check(BERTH);
    }

    @Test
    void the_remedies_name_no_system_and_know_no_output() {
        nobodyIn(
                "dev.berth.remedy..",
                "dev.berth.linux..",
                "dev.berth.windows..",
                "dev.berth.cli..",
                "java.net..",
                "java.lang.foreign..");
    }

    /** What each room of the remedies may use of the others, and whether it may judge; the rest it may not. */
    @ParameterizedTest
    @CsvSource({
        "json,    '',                 false",
        "log,     json,               false",
        "free,    log,                true",
        "plan,    json log,           true",
        "journal, json log plan,      true",
        "apply,   plan journal,       false",
        "policy,  plan,               true",
        "render,  policy,             true"
    })
    void the_remedies_point_one_way(String room, String others, boolean judges) {
        var mayNotUse = new ArrayList<String>();
        for (String other : List.of("json", "log", "free", "plan", "journal", "apply", "policy", "render")) {
            if (!other.equals(room) && !List.of(others.split(" ", -1)).contains(other)) {
                mayNotUse.add("dev.berth.remedy." + other + "..");
            }
        }
        if (!judges) {
            mayNotUse.add("dev.berth.diagnosis..");
        }
        nobodyIn("dev.berth.remedy." + room + "..", mayNotUse.toArray(String[]::new));
    }

    @Test
    void linux_does_not_judge() {
        nobodyIn(
                "dev.berth.linux..",
                "dev.berth.windows..",
                "dev.berth.diagnosis..",
                "dev.berth.remedy..",
                "dev.berth.cli..");
    }

    @Test
    void windows_does_not_judge() {
        nobodyIn(
                "dev.berth.windows..",
                "dev.berth.linux..",
                "dev.berth.diagnosis..",
                "dev.berth.remedy..",
                "dev.berth.cli..");
    }

    @Test
    void the_commands_name_no_system() {
        nobodyIn("dev.berth.cli..", "dev.berth.linux..", "dev.berth.windows..");
    }

    @Test
    void looking_knows_no_output_and_output_knows_no_commands() {
        nobodyIn(
                "dev.berth.cli.look..",
                "dev.berth.cli.command..",
                "dev.berth.cli.screen..",
                "dev.berth.cli.json..",
                "dev.berth.cli.picture..");
        nobodyIn(
                "dev.berth.cli.screen..",
                "dev.berth.cli.command..",
                "dev.berth.cli.json..",
                "dev.berth.cli.picture..",
                "java.awt..",
                "javax.imageio..");
        nobodyIn(
                "dev.berth.cli.picture..",
                "dev.berth.cli.command..",
                "dev.berth.cli.json..",
                "java.awt..",
                "javax.imageio..");
        nobodyIn("dev.berth.cli.json..", "dev.berth.cli.command..");
        for (String room : List.of("look", "screen", "json", "picture")) {
            nobodyIn("dev.berth.cli." + room + "..", "dev.berth.cli.log..");
        }
        nobodyIn(
                "dev.berth.cli.log..",
                "dev.berth.cli.command..",
                "dev.berth.cli.look..",
                "dev.berth.cli.screen..",
                "dev.berth.cli.json..",
                "dev.berth.cli.picture..");
    }

    @Test
    void every_room_has_a_door_plate() {
        assertThat(BERTH)
                .extracting(type -> type.getPackage())
                .isNotEmpty()
                .allMatch((JavaPackage room) -> room.isAnnotatedWith(NullMarked.class));
    }
}
