package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.linux.PrivateNamespace;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LiveKernelTest {
    private static Namespaces.Opened open(NamespaceChoice choice) throws HostReadException {
        return Namespaces.open(choice, LibC.here(), (query, sink) -> {});
    }

    private static String read(Kernel kernel, String path) throws Exception {
        return new String(Objects.requireNonNull(kernel.files().read(path)), StandardCharsets.US_ASCII).strip();
    }

    @Test
    void a_list_of_ports_longer_than_any_first_try_is_read_whole() throws Exception {
        String everySecond = IntStream.iterate(1, port -> port <= 65_535, port -> port + 2)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        try (var namespace = PrivateNamespace.open();
                Kernel kernel = open(new NamespaceChoice.OfProcess(namespace.pid()))
                        .kernels()
                        .getFirst()) {
            namespace.call(() -> {
                try (var file = new FileOutputStream("/proc/sys/net/ipv4/ip_local_reserved_ports")) {
                    file.write((everySecond + "\n").getBytes(StandardCharsets.US_ASCII));
                }
                return true;
            });
            assertThat(read(kernel, "/proc/sys/net/ipv4/ip_local_reserved_ports"))
                    .isEqualTo(everySecond);
        }
    }

    @Test
    void settings_and_tables_are_those_of_the_namespace_whatever_thread_asks() throws Exception {
        try (var namespace = PrivateNamespace.open();
                Kernel kernel = open(new NamespaceChoice.OfProcess(namespace.pid()))
                        .kernels()
                        .getFirst()) {
            namespace.set("ipv4/ip_local_port_range", "20000 20007");
            assertThat(read(kernel, "/proc/sys/net/ipv4/ip_local_port_range")).isEqualTo("20000\t20007");
            assertThat(read(kernel, "/proc/net/dev").lines()).hasSize(3); // two headings and lo
        }
    }

    @Test
    void all_lists_each_namespace_once() throws Exception {
        try (var namespace = PrivateNamespace.open();
                Kernel one = open(new NamespaceChoice.OfProcess(namespace.pid()))
                        .kernels()
                        .getFirst();
                Kernel own = open(new NamespaceChoice.Own()).kernels().getFirst()) {
            List<Kernel> all = open(new NamespaceChoice.All()).kernels();
            try {
                assertThat(all)
                        .extracting(kernel -> kernel.namespace().inode())
                        .doesNotHaveDuplicates()
                        .startsWith(own.namespace().inode())
                        .contains(one.namespace().inode());
            } finally {
                all.forEach(Kernel::close);
            }
        }
    }

    @Test
    void a_namespace_is_found_by_its_number_until_it_is_no_more() throws Exception {
        long inode;
        try (var namespace = PrivateNamespace.open()) {
            try (Kernel kernel = open(new NamespaceChoice.OfProcess(namespace.pid()))
                    .kernels()
                    .getFirst()) {
                inode = kernel.namespace().inode();
            }
            Namespaces.Opened found = open(new NamespaceChoice.Numbered(inode));
            assertThat(found.kernels())
                    .singleElement()
                    .satisfies(kernel -> assertThat(kernel.namespace().inode()).isEqualTo(inode));
            found.kernels().forEach(Kernel::close);
        }
        awaitEnd(inode);
        Assumptions.assumeTrue(
                Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().equals("pid:[4026531836]"),
                "who has a pid namespace of its own cannot tell that a network namespace is no more");
        assertThat(open(new NamespaceChoice.Numbered(inode)).kernels()).isEmpty();
    }

    /** Waits until no process lives there any more; that this one's thread has left it comes last. */
    private static void awaitEnd(long inode) throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                boolean lived = false;
                for (Path process : processes) {
                    try {
                        lived |= Files.readSymbolicLink(process.resolve("ns/net"))
                                .toString()
                                .equals("net:[" + inode + "]");
                    } catch (IOException gone) {
                        // then it lives nowhere
                    }
                }
                if (!lived) {
                    return;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("net:[" + inode + "] does not end");
    }

    @Test
    void a_cookie_is_of_one_namespace_and_stays_the_same() throws Exception {
        try (var namespace = PrivateNamespace.open();
                Kernel there = open(new NamespaceChoice.OfProcess(namespace.pid()))
                        .kernels()
                        .getFirst();
                Kernel own = open(new NamespaceChoice.Own()).kernels().getFirst()) {
            Assumptions.assumeTrue(own.cookie() != null, "needs Linux 5.14");
            assertThat(there.cookie()).isNotNull().isEqualTo(there.cookie()).isNotEqualTo(own.cookie());
        }
    }

    @Test
    void a_namespace_that_does_not_exist_is_bad_input_with_a_way_on() {
        for (NamespaceChoice choice : List.of(
                new NamespaceChoice.Named("no-such"),
                new NamespaceChoice.Named("../../proc/1/ns/net"),
                new NamespaceChoice.OfProcess(999_999_999))) {
            assertThatThrownBy(() -> open(choice)).isInstanceOfSatisfying(HostReadException.class, e -> {
                assertThat(e.kind()).isEqualTo(HostReadException.Kind.BAD_INPUT);
                assertThat(e.next()).isNotBlank();
            });
        }
    }

    @Test
    void a_file_that_is_not_there_is_null() throws Exception {
        try (Kernel kernel = open(new NamespaceChoice.Own()).kernels().getFirst()) {
            assertThat(kernel.files().read("/proc/sys/net/no/such/key")).isNull();
            assertThat(kernel.files().read("/proc/999999999/stat")).isNull();
            assertThat(kernel.files().list("/no/such/directory")).isEmpty();
        }
    }
}
