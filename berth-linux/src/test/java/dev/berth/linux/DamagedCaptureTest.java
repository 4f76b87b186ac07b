package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.platform.capture.Manifest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A capture is other people's input: whatever its entries hold, it is read or refused. */
class DamagedCaptureTest {
    private static final Path FIXTURE = Path.of("../fixtures/linux-6.18-amd64/host.capture");
    private static final int RECORDED_PID = 9;

    /** A capture whose entries were tampered with. */
    private record Tampered(Manifest manifest, Map<String, byte[]> entries) implements Capture {
        @Override
        public List<String> names(String prefix) {
            return entries.keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }

        @Override
        public byte @Nullable [] bytes(String name) {
            return entries.get(name);
        }

        @Override
        public @Nullable InputStream stream(String name) {
            byte[] contents = entries.get(name);
            return contents == null ? null : new ByteArrayInputStream(contents);
        }

        @Override
        public void close() {}
    }

    @Test
    void a_damaged_entry_is_read_or_refused_and_nothing_else() throws Exception {
        Manifest manifest;
        var whole = new TreeMap<String, byte[]>();
        try (Capture capture = CaptureFiles.open(FIXTURE)) {
            manifest = capture.manifest();
            for (String name : capture.names("")) {
                byte[] contents = capture.bytes(name);
                assertThat(contents).isNotNull();
                whole.put(name, contents == null ? new byte[0] : contents);
            }
        }
        Cases.of(random -> new Tampered(manifest, damaged(whole, random))).forEach(DamagedCaptureTest::readEverything);
    }

    private static Map<String, byte[]> damaged(Map<String, byte[]> whole, Random random) {
        var entries = new TreeMap<>(whole);
        List<String> names = List.copyOf(whole.keySet());
        for (int i = 0; i < 6; i++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] contents = whole.getOrDefault(name, new byte[0]).clone();
            if (random.nextInt(4) == 0) {
                entries.remove(name); // so that the stand-in is asked, too
            } else if (contents.length > 0) {
                for (int j = 0; j < 1 + random.nextInt(8); j++) {
                    contents[random.nextInt(contents.length)] = (byte) random.nextInt();
                }
                entries.put(name, contents);
            }
        }
        return entries;
    }

    private static void readEverything(Capture capture) {
        try {
            for (HostNetwork host : new LinuxProvider().open(capture, new NamespaceChoice.All())) {
                assertThat(host.facts()).isNotNull();
                assertThat(host.settings()).isNotNull();
                assertThat(host.process(RECORDED_PID)).isNotNull();
                assertThat(host.owners(OwnerQuery.everything())).isNotNull();
                try (SocketDump dump = host.sockets(SocketQuery.everything(), 2)) {
                    for (SocketCursor part : dump.parts()) {
                        while (part.next()) {
                            assertThat(part.local().port()).isBetween(0, 65_535);
                        }
                    }
                }
            }
        } catch (HostReadException refused) {
            assertThat(refused.why()).isNotBlank();
        }
    }
}
