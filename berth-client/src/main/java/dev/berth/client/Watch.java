package dev.berth.client;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.channels.Channel;

/** Sees when a connection is gone although nobody said so: it was collected as garbage, or its channel is closed. */
final class Watch extends WeakReference<Object> {
    private final TupleAttempt.Held lease;

    Watch(Object connection, ReferenceQueue<Object> gone, TupleAttempt.Held lease) {
        super(connection, gone);
        this.lease = lease;
    }

    boolean isOpen() {
        Object connection = get();
        return connection != null && !(connection instanceof Channel channel && !channel.isOpen());
    }

    TupleAttempt.Held lease() {
        return lease;
    }
}
