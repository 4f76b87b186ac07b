package dev.berth.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

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
                "dev.berth.cli..");
    }

    @Test
    void the_diagnosis_reads_nothing_and_waits_for_nobody() {
        nobodyIn(
                "dev.berth.diagnosis..",
                "dev.berth.remedy..",
                "dev.berth.linux..",
                "dev.berth.cli..",
                "java.io..",
                "java.nio.file..",
                "java.net..",
                "java.lang.foreign..");
    }

    @Test
    void the_remedies_name_no_system_and_know_no_output() {
        nobodyIn("dev.berth.remedy..", "dev.berth.linux..", "dev.berth.cli..", "java.net..", "java.lang.foreign..");
        nobodyIn("dev.berth.remedy.log..", "dev.berth.remedy.free..", "dev.berth.diagnosis..");
    }

    @Test
    void linux_does_not_judge() {
        nobodyIn("dev.berth.linux..", "dev.berth.diagnosis..", "dev.berth.remedy..", "dev.berth.cli..");
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
    }

    @Test
    void every_room_has_a_door_plate() {
        assertThat(BERTH)
                .extracting(type -> type.getPackage())
                .isNotEmpty()
                .allMatch((JavaPackage room) -> room.isAnnotatedWith(NullMarked.class));
    }
}
