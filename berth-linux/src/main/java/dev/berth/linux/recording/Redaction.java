package dev.berth.linux.recording;

import java.nio.ByteBuffer;

/** What may be written down of a reply. */
interface Redaction {
    /** The contents without what must not be written; the same array where there is nothing to take out. */
    byte[] file(String path, byte[] contents);

    /** What a program printed, without it. */
    default String output(String text) {
        return text;
    }

    /** Takes it out of a datagram of sock_diag, in place, between position and limit. */
    void datagram(ByteBuffer datagram);

    /** This, and after it {@code next}. */
    default Redaction then(Redaction next) {
        Redaction first = this;
        return new Redaction() {
            @Override
            public byte[] file(String path, byte[] contents) {
                return next.file(path, first.file(path, contents));
            }

            @Override
            public String output(String text) {
                return next.output(first.output(text));
            }

            @Override
            public void datagram(ByteBuffer datagram) {
                first.datagram(datagram);
                next.datagram(datagram);
            }
        };
    }
}
