package dev.berth.client;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom in the client library, and what nobody may. */
class ArchitectureTest {
    private static final String CORE = "dev.berth.client";
    private static final Set<String> INNER_ROOMS = Set.of(CORE + ".tuples", CORE + ".host");

    /** What the adapters may use beside the core: the library they are named after, and what it is built on. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            CORE + ".okhttp", List.of("okhttp3..", "kotlin.."),
            CORE + ".httpclient5", List.of("org.apache.hc.."),
            CORE + ".netty", List.of("io.netty.."),
            CORE + ".jetty", List.of("org.eclipse.jetty.."),
            CORE + ".mysql", List.of("com.mysql..", CORE + ".jdbc"),
            CORE + ".mariadb", List.of("org.mariadb..", CORE + ".jdbc"));

    private static final JavaClasses CLIENT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(CORE);

    static Set<String> rooms() {
        return CLIENT.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_uses_the_ports_the_jdk_and_what_is_its_own(String room) {
        var mayUse = new ArrayList<>(List.of(room, "java..", "javax..", "org.jspecify..", "dev.berth.net.."));
        if (room.equals(CORE)) {
            mayUse.addAll(INNER_ROOMS);
        } else if (!INNER_ROOMS.contains(room)) { // an adapter
            mayUse.add(CORE);
            mayUse.addAll(LIBRARIES.getOrDefault(room, List.of()));
        }
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(mayUse.toArray(String[]::new))
                .check(CLIENT);
    }

    @Test
    void nobody_starts_a_thread() {
        noClasses()
                .should()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .orShould()
                .callMethodWhere(
                        target(owner(assignableTo(CompletableFuture.class))).and(target(nameEndingWith("Async"))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Timer.class, Executors.class, ThreadPoolExecutor.class, ForkJoinPool.class)
                .check(CLIENT);
    }

    @Test
    void nobody_calls_native_code() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(CLIENT);
        noMethods().should().haveModifier(JavaModifier.NATIVE).check(CLIENT);
    }

    @Test
    void every_room_has_a_door_plate() {
        assertThat(CLIENT)
                .extracting(JavaClass::getPackage)
                .isNotEmpty()
                .allMatch(room -> room.isAnnotatedWith(NullMarked.class));
    }
}
