package dev.berth.linux.processes;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.kernel.KernelInParts;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OwnerQuery;

/** A kernel with the two things an owner search asks of it. */
record FilesAndDescriptors(KernelFiles files, Walk walk) implements KernelInParts {
    /** A walk as a test tells it. */
    interface Walk {
        void walk(OwnerQuery query, DescriptorSink sink) throws HostReadException;
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException {
        walk.walk(query, sink);
    }
}
