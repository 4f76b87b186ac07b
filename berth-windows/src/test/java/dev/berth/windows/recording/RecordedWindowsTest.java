package dev.berth.windows.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.net.IpAddress;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.platform.capture.CaptureWriter;
import dev.berth.platform.capture.Manifest;
import dev.berth.windows.sockets.TablesOnly;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedWindowsTest {
    private static final List<String> VALUES =
            List.of("MaxUserPort", "ReservedPorts", "Garbage", "Bytes", "Secret", "Nothing");

    @TempDir
    Path folder;

    private final SomeWindows live = new SomeWindows();

    @Test
    void a_recording_gives_every_reply_that_was_given_when_it_was_made() throws Exception {
        List<String> before = replies(live);
        try (Capture capture = recorded(new Everything())) {
            assertThat(replies(RecordedWindows.open(capture))).isEqualTo(before);
        }
    }

    /** Takes nothing out. */
    private static final class Everything implements Redaction {
        @Override
        public ProcessEntry process(ProcessEntry process) {
            return process;
        }
    }

    @Test
    void each_question_is_asked_once() throws Exception {
        var recording = new RecordingWindows(live, new WithoutSecrets());
        List<String> first = replies(recording);
        int asked = live.asked;
        assertThat(replies(recording)).isEqualTo(first);
        assertThat(live.asked).isEqualTo(asked);
    }

    @Test
    void a_command_line_is_recorded_without_its_secrets() throws Exception {
        try (Capture capture = recorded(new WithoutSecrets())) {
            assertThat(RecordedWindows.open(capture).process(4711).orElseThrow().command())
                    .isEqualTo("C:\\Users\\Ada\\db\\sqlservr.exe -sINSTANCE --password=***");
            for (String name : capture.names("")) {
                assertThat(new String(contents(capture, name), UTF_8)).doesNotContain("hunter2");
            }
        }
    }

    @Test
    void an_address_is_scrubbed_the_same_in_the_tables_among_those_of_the_host_and_as_a_source() throws Exception {
        try (Capture capture = recorded(new Scrub("DB1"))) {
            WindowsSystem recorded = RecordedWindows.open(capture);
            Set<IpAddress> ends =
                    TableAddresses.in(SomeWindows.TCP4, Objects.requireNonNull(recorded.sockets(SomeWindows.TCP4)));
            IpAddress here = recorded.addresses().iterator().next();
            assertThat(ends).hasSize(2).contains(here).doesNotContain(SomeWindows.HERE);
            assertThat(ends)
                    .allSatisfy(end -> assertThat(recorded.sourceTowards(end)).contains(here));
            for (String name : capture.names("")) {
                assertThat(new String(contents(capture, name), UTF_8)).doesNotContain("10.1.2.3", "10.9.8.7");
            }
        }
    }

    @Test
    void what_was_not_asked_when_it_was_made_is_not_there_and_never_a_default() throws Exception {
        try (Capture capture = written()) {
            WindowsSystem recorded = RecordedWindows.open(capture);
            assertThat(recorded.sockets(SomeWindows.TCP4)).isNull();
            assertThatExceptionOfType(WindowsErrorException.class).isThrownBy(() -> recorded.process(4711));
            assertThat(recorded.tools().run(SomeWindows.SHOW, WindowsSystem.PATIENCE))
                    .isEqualTo(new Tools.Run.Missing("the recording holds nothing of netsh"));
            assertThatExceptionOfType(WindowsErrorException.class)
                    .isThrownBy(() -> recorded.registry().read(Registry.TCPIP, "MaxUserPort"))
                    .withMessageStartingWith("the recording does not hold")
                    .withMessageEndingWith("MaxUserPort");
            assertThatExceptionOfType(WindowsErrorException.class).isThrownBy(recorded::services);
            assertThatExceptionOfType(WindowsErrorException.class)
                    .isThrownBy(recorded::addresses)
                    .withMessageStartingWith("the recording does not hold");
            assertThat(recorded.sourceTowards(SomeWindows.HERE)).isEmpty();
        }
    }

    @Test
    void that_processes_could_not_be_listed_is_recorded() throws Exception {
        var recording = new RecordingWindows(new TablesOnly().refusingProcesses(8), new WithoutSecrets());
        assertThatExceptionOfType(WindowsErrorException.class).isThrownBy(() -> recording.process(4711));
        try (Capture capture = written(recording)) {
            WindowsSystem recorded = RecordedWindows.open(capture);
            assertThatExceptionOfType(WindowsErrorException.class)
                    .isThrownBy(() -> recorded.process(4711))
                    .withMessage("CreateToolhelp32Snapshot failed with error 8");
        }
    }

    @Test
    void names_in_the_registry_have_no_case() throws Exception {
        try (Capture capture = recorded(new WithoutSecrets())) {
            assertThat(RecordedWindows.open(capture).registry().read(Registry.TCPIP, "maxuserport"))
                    .isEqualTo(new RegistryValue.Dword(4_294_967_295L));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    processes.json | {                                     | it is not a list
                    processes.json | [1]                                   | it is not a list of objects
                    processes.json | [{"pid":1}]                           | it has a reply without parent
                    processes.json | [{"pid":99999999999}]                 | is too large
                    processes.json | [{"pid":"4"}]                         | is something else
                    services.json  | [{"name":"x"                          | it is not JSON
                    addresses.json | [{"address":"here"}]                  | its address is no address
                    sources.json   | [{"destination":"::1"}]               | it has a reply without source
                    registry.json  | [{"key":"a","name":"b","dword":[]}]   | is something else
                    programs.json  | [{"command":[],"exit":0}]             | it has a reply without output
                    """)
    void a_damaged_recording_is_refused(String entry, String contents, String why) throws Exception {
        try (Capture capture = written(entry, contents)) {
            assertThatExceptionOfType(HostReadException.class)
                    .isThrownBy(() -> RecordedWindows.open(capture))
                    .satisfies(refused -> {
                        assertThat(refused.kind()).isEqualTo(HostReadException.Kind.BAD_INPUT);
                        assertThat(refused.why()).startsWith(entry).contains(why);
                    });
        }
    }

    /** Everything that Berth may ask, in words. */
    private static List<String> replies(WindowsSystem system) {
        var replies = new ArrayList<String>();
        for (var table : List.of(SomeWindows.TCP4, SomeWindows.TCP6, SomeWindows.REFUSED, SomeWindows.NONE)) {
            replies.add(said(() -> Arrays.toString(system.sockets(table))));
        }
        for (int pid : List.of(4711, 4, 5)) {
            replies.add(said(() -> system.process(pid)));
        }
        replies.add(said(system::services));
        replies.add(said(system::addresses));
        replies.add(said(() -> system.sourceTowards(IpAddress.parse("10.9.8.7"))));
        for (String value : VALUES) {
            replies.add(said(() -> Optional.ofNullable(system.registry().read(Registry.TCPIP, value))));
        }
        for (var command : List.of(SomeWindows.SHOW, SomeWindows.EVENTS, SomeWindows.SLOW, List.of("netsh"))) {
            replies.add(said(() -> system.tools().run(command, WindowsSystem.PATIENCE)));
        }
        replies.add(system.version() + " " + system.readAt());
        return replies;
    }

    private interface Question {
        Object ask() throws WindowsErrorException;
    }

    private static String said(Question question) {
        try {
            return question.ask().toString();
        } catch (WindowsErrorException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Capture recorded(Redaction redaction) throws IOException, HostReadException {
        var recording = new RecordingWindows(live, redaction);
        replies(recording);
        return written(recording);
    }

    private Capture written(RecordingWindows recording) throws IOException, HostReadException {
        try (var writer = CaptureWriter.create(folder.resolve("windows.berth"))) {
            recording.write(writer);
            return finished(writer);
        }
    }

    private Capture written(String... entries) throws IOException, HostReadException {
        try (var writer = CaptureWriter.create(folder.resolve("windows.berth"))) {
            for (int i = 0; i < entries.length; i += 2) {
                writer.add(entries[i], entries[i + 1].getBytes(UTF_8));
            }
            return finished(writer);
        }
    }

    private Capture finished(CaptureWriter writer) throws IOException, HostReadException {
        var version = live.version();
        var facts =
                new HostFacts("windows", version.number(), version.hostName(), live.readAt(), version.elevated(), true);
        writer.commit(new Manifest("test", facts, false, List.of(NetworkNamespace.ONLY), List.of()));
        return CaptureFiles.open(folder.resolve("windows.berth"));
    }

    private static byte[] contents(Capture capture, String name) throws HostReadException {
        byte[] contents = capture.bytes(name);
        return contents == null ? new byte[0] : contents;
    }
}
