package dev.berth.windows.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrubTest {
    private final Scrub scrub = new Scrub("DB1");

    @Test
    void of_a_row_nothing_changes_but_its_addresses_and_what_is_behind_it_goes() {
        byte[] before = SomeWindows.row();
        byte[] after = scrub.table(SomeWindows.TCP4, before);
        assertThat(Arrays.copyOfRange(after, 8, 12)).isNotEqualTo(Arrays.copyOfRange(before, 8, 12));
        assertThat(after[8]).as("private stays private").isEqualTo((byte) 10);
        assertThat(Arrays.copyOfRange(after, 28, 32)).containsOnly(0);
        System.arraycopy(before, 8, after, 8, 4);
        System.arraycopy(before, 16, after, 16, 4);
        System.arraycopy(before, 28, after, 28, 4);
        assertThat(after).isEqualTo(before);
    }

    /** Sizes and offsets of iprtrmib.h, tcpmib.h and udpmib.h. */
    @ParameterizedTest
    @CsvSource({
        "TCP, false, OWNER_PID,    4,  24,  4,  12",
        "TCP, false, OWNER_MODULE, 8, 160,  4,  12",
        "TCP, false, ROW2,         4,  28,  4,  12",
        "TCP, true,  OWNER_PID,    4,  56,  0,  24",
        "TCP, true,  OWNER_MODULE, 8, 192,  0,  24",
        "TCP, true,  ROW2,         4,  60,  0,  24",
        "UDP, false, OWNER_PID,    4,  12,  0,  -1",
        "UDP, false, OWNER_MODULE, 8, 160,  0,  -1",
        "UDP, true,  OWNER_PID,    4,  28,  0,  -1",
        "UDP, true,  OWNER_MODULE, 8, 176,  0,  -1"
    })
    void addresses_are_found_in_every_kind_of_row(
            Protocol protocol, boolean v6, SocketTable.Rows rows, int first, int size, int local, int remote) {
        var reply = ByteBuffer.allocate(first + 2 * size).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(reply.array(), (byte) 0x11);
        reply.putInt(0, 2);
        byte[] other = new byte[v6 ? 16 : 4];
        Arrays.fill(other, (byte) 0x22);
        IpAddress change = IpAddress.of(other);
        byte[] expected = reply.array().clone();
        for (int row = first; row < expected.length; row += size) {
            Arrays.fill(expected, row + local, row + local + other.length, (byte) 0x22);
            if (remote >= 0) {
                Arrays.fill(expected, row + remote, row + remote + other.length, (byte) 0x22);
            }
        }
        assertThat(TableAddresses.replaced(new SocketTable(protocol, v6, rows, false), reply.array(), _ -> change))
                .isEqualTo(expected);
    }

    @Test
    void of_a_process_its_program_stays() {
        ProcessEntry scrubbed = scrub.process(SomeWindows.database());
        assertThat(scrubbed.user()).startsWith("user-");
        assertThat(scrubbed.path()).isEqualTo("sqlservr.exe");
        assertThat(scrubbed.command()).isEqualTo("sqlservr.exe");
        assertThat(scrubbed.startedAt()).isEqualTo(SomeWindows.database().startedAt());
    }

    @Test
    void whoever_runs_a_process_is_recognised_in_any_text() {
        String user = String.valueOf(scrub.process(SomeWindows.database()).user());
        assertThat(title("Backup for CONTOSO\\ada")).matches("Backup for domain-[0-9a-f]{8}\\\\" + user);
        assertThat(printed("run by Contoso\\Ada, who is not adam")).endsWith("\\" + user + ", who is not adam");
        assertThat(printed("in C:\\Users\\Ada\\db")).isEqualTo("in C:\\Users\\" + user + "\\db");
        assertThat(printed("{\"path\":\"C:\\\\Users\\\\Ada\\\\db\"}"))
                .isEqualTo("{\"path\":\"C:\\\\Users\\\\" + user + "\\\\db\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "D:\\Documents and Settings\\eve\\x.log, eve",
        "see \\\\fileserver.contoso.example\\home, fileserver",
        "from 10.1.2.3:443, 10.1.2.3",
        "from [2001:db8::17]:443, 2001:db8::17"
    })
    void what_can_only_be_personal_goes_from_what_programs_print(String text, String personal) {
        assertThat(printed(text)).doesNotContain(personal);
    }

    @Test
    void a_name_of_digits_alone_leaves_the_ports_as_they_are() {
        scrub.process(new ProcessEntry(1, 0, "x.exe", null, null, "CONTOSO\\1433", null));
        assertThat(printed("  1433  1440")).isEqualTo("  1433  1440");
    }

    private String title(String title) {
        return scrub.service(new ServiceEntry("x", title, 1, true)).title();
    }

    private String printed(String text) {
        return ((Tools.Run.Ended) scrub.run(new Tools.Run.Ended(0, text, ""))).output();
    }

    @Test
    void accounts_of_windows_itself_stay() {
        var system = new ProcessEntry(700, 600, "services.exe", null, null, "NT AUTHORITY\\SYSTEM", null);
        assertThat(scrub.process(system)).isEqualTo(system);
    }

    @Test
    void the_name_of_the_host_goes_wherever_it_stands() {
        String other = scrub.hostName("DB1");
        assertThat(other).startsWith("host-");
        assertThat(title("SQL Server of db1")).isEqualTo("SQL Server of " + other);
        assertThat(title("DB12")).isEqualTo("DB12");
        assertThat(scrub.service(new ServiceEntry("MSSQL$DB1", "x", 1, true)).name())
                .isEqualTo("MSSQL$" + other);
        ProcessEntry agent =
                scrub.process(new ProcessEntry(1, 0, "DB1-agent.exe", "D:\\DB1\\DB1-agent.exe", null, null, null));
        assertThat(agent.name()).isEqualTo(other + "-agent.exe").isEqualTo(agent.path());
    }

    @Test
    void of_an_event_its_source_number_and_time_stay() {
        String utf16 = new String(SomeWindows.EVENT.getBytes(UTF_16LE), ISO_8859_1);
        for (String printed : new String[] {SomeWindows.EVENT, utf16}) {
            var run = (Tools.Run.Ended) scrub.run(new Tools.Run.Ended(0, printed, ""));
            String text = new String(run.output().getBytes(ISO_8859_1), printed.equals(utf16) ? UTF_16LE : ISO_8859_1);
            assertThat(text)
                    .contains("<Provider Name='Tcpip'/>", ">4227</EventID>", "2026-11-21T09:00:00Z")
                    .doesNotContain("DB1", "contoso", "S-1-5", "10.1.2.3")
                    .containsPattern("<Computer>host-[0-9a-f]{8}</Computer></System></Event>");
        }
    }

    @FuzzTest
    void no_bytes_are_too_strange_for_a_table(byte @NotNull [] bytes) {
        for (Protocol protocol : Protocol.values()) {
            for (SocketTable.Rows rows : SocketTable.Rows.values()) {
                assertThat(scrub.table(new SocketTable(protocol, true, rows, false), bytes))
                        .hasSameSizeAs(bytes);
                assertThat(scrub.table(new SocketTable(protocol, false, rows, false), bytes))
                        .hasSameSizeAs(bytes);
            }
        }
    }

    @FuzzTest
    void text_is_a_list_of_replies_or_refused(byte @NotNull [] document) {
        try {
            for (Fields fields : Fields.read(document)) {
                readAs(fields);
            }
        } catch (MalformedRecordingException refused) {
            assertThat(refused).message().isNotBlank();
        }
    }

    private static void readAs(Fields fields) throws MalformedRecordingException {
        if (fields.has("pid")) {
            Replies.process(fields);
        } else if (fields.has("title")) {
            Replies.service(fields);
        } else if (fields.has("command")) {
            Replies.run(fields);
        } else {
            Replies.registryValue(fields);
        }
    }
}
