package dev.berth.linux.processes;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.LibC;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OwnerQuery;
import java.io.File;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The descriptors of the processes that run now, in this pid namespace. */
public final class LiveDescriptors {
    private final Supplier<DescriptorReader> readers;

    /** @param libc null where the architecture's system calls are not known: the walk then takes twice as long */
    public LiveDescriptors(@Nullable LibC libc) {
        readers = libc == null ? PathDescriptorReader::new : () -> NativeDescriptorReader.open(libc);
    }

    /**
     * Tells {@code sink} which processes hold the sockets in question, and which could not be looked into: a smear over
     * some milliseconds. A process that ends meanwhile is passed over. The sink is called by one thread at a time.
     *
     * @throws HostReadException where there is no {@code /proc}
     */
    public void walk(OwnerQuery query, DescriptorSink sink) throws HostReadException {
        new DescriptorWalk(query, sink, readers).over(processIds());
    }

    private static int[] processIds() throws HostReadException {
        String[] names = new File("/proc").list();
        int[] pids = names == null ? new int[0] : numbersOf(names);
        if (pids.length == 0) {
            throw new HostReadException(
                    HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                    "cannot look for the owners of sockets",
                    "/proc shows no process",
                    "mount -t proc proc /proc");
        }
        return pids;
    }

    private static int[] numbersOf(String[] names) {
        int[] numbers = new int[names.length];
        int size = 0;
        for (String name : names) {
            if (Character.isDigit(name.charAt(0))) {
                numbers[size++] = Integer.parseInt(name);
            }
        }
        Arrays.sort(numbers, 0, size);
        return Arrays.copyOf(numbers, size);
    }
}
