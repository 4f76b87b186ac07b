package dev.berth.linux.kernel;

import dev.berth.platform.HostReadException;
import dev.berth.platform.OwnerQuery;

/** A way to walk the descriptors of processes; {@link Kernel#descriptors} says what is owed. */
public interface Descriptors {
    void walk(OwnerQuery query, DescriptorSink sink) throws HostReadException;
}
