package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.sockets.DiagMessage;
import dev.berth.net.Cases;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class WithoutSecretsTest {
    private static final short CGROUP_ID = 21;
    private static final short MD5SIG = 18;

    private final Redaction redaction = new WithoutSecrets();

    @Test
    void arguments_stay_apart_and_lose_their_secrets() {
        assertThat(text("/proc/7/cmdline", "app\0--password\0hunter2\0-v\0")).isEqualTo("app\0--password\0***\0-v\0");
        assertThat(text("/proc/7/cmdline", "curl\0-H\0Authorization: Bearer abcdefgh12\0"))
                .isEqualTo("curl\0-H\0Authorization: Bearer ***\0");
        assertThat(text("/proc/7/cmdline", "")).isEmpty();
    }

    @Test
    void of_the_mounts_only_that_of_proc_is_kept() {
        assertThat(text("/proc/self/mounts", "nas:/home/ada /mnt nfs rw 0 0\nproc /proc proc rw,hidepid=2 0 0\n"))
                .isEqualTo("proc /proc proc rw,hidepid=2 0 0\n");
    }

    @Test
    void an_attribute_that_may_hold_a_key_is_blanked_and_the_others_stay() {
        ByteBuffer datagram = ByteBuffer.allocate(16 + DiagMessage.SIZE + 24).order(ByteOrder.nativeOrder());
        datagram.putInt(0, datagram.limit()).putShort(4, (short) 20);
        int at = 16 + DiagMessage.SIZE;
        datagram.putShort(at, (short) 12).putShort(at + 2, MD5SIG).putLong(at + 4, -1);
        datagram.putShort(at + 12, (short) 12).putShort(at + 14, CGROUP_ID).putLong(at + 16, -1);
        redaction.datagram(datagram);
        assertThat(datagram.getShort(at + 2)).isEqualTo(MD5SIG);
        assertThat(datagram.getLong(at + 4)).isZero();
        assertThat(datagram.getLong(at + 16)).isEqualTo(-1);
    }

    @Test
    void a_datagram_without_attributes_stays_as_it_is() {
        Cases.of(SomeSockets::datagram).forEach(datagram -> {
            var before = ByteBuffer.allocate(datagram.limit())
                    .put(datagram.duplicate())
                    .flip();
            redaction.datagram(datagram);
            assertThat(datagram).isEqualTo(before);
        });
    }

    @Test
    void what_cannot_be_a_message_is_blanked_to_the_end() {
        Cases.of(random -> {
                    byte[] bytes = new byte[4 + random.nextInt(200)];
                    random.nextBytes(bytes);
                    return bytes;
                })
                .forEach(bytes -> redaction.datagram(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder())));
        ByteBuffer cut = ByteBuffer.wrap(new byte[] {99, 0, 0, 0, 20, 0, 1, 1}).order(ByteOrder.nativeOrder());
        redaction.datagram(cut);
        assertThat(cut.array()).containsOnly(0);
    }

    private String text(String path, String contents) {
        return new String(redaction.file(path, contents.getBytes(UTF_8)), UTF_8);
    }
}
