package dev.berth.linux.sockets;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A dump that is asked for by the thread that reads it, when it starts to: the kernel walks its table within the request, up
 * to the first datagram's worth of sockets, and where there are none to the end.
 */
final class AskedLater implements Datagrams {
    /** How to ask. */
    interface Question {
        Datagrams ask() throws DiagRefusedException;
    }

    private final Question question;
    private @Nullable Datagrams answer;
    private boolean closed;

    AskedLater(Question question) {
        this.question = question;
    }

    @Override
    public boolean receive(ByteBuffer into) throws HostReadException {
        return answer().receive(into);
    }

    private synchronized Datagrams answer() throws HostReadException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        Datagrams known = answer;
        try {
            Datagrams asked = known != null ? known : question.ask();
            answer = asked;
            return asked;
        } catch (DiagRefusedException e) { // the first part of the same table was not, so no other source is looked for
            throw new HostReadException(
                    Kind.NOT_ON_THIS_SYSTEM,
                    "cannot read the sockets to the end",
                    "a part of them was read, and for the rest " + e.getMessage(),
                    "run the command again");
        }
    }

    /** Waits where the kernel is being asked: what it answers is to be closed, too. */
    @Override
    public synchronized void close() {
        closed = true;
        if (answer != null) {
            answer.close();
        }
    }
}
