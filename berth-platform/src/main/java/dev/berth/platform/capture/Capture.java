package dev.berth.platform.capture;

import dev.berth.platform.HostReadException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded host, opened for reading. Entries are named like paths, such as {@code proc/sys/kernel/osrelease}. */
public interface Capture extends AutoCloseable {
    Manifest manifest();

    /** The names of all entries that start with {@code prefix}, sorted. */
    List<String> names(String prefix);

    /**
     * A whole entry, or null when the recording has none of that name.
     *
     * @throws HostReadException when it is damaged, or larger than 512 MiB
     */
    byte @Nullable [] bytes(String name) throws HostReadException;

    /** An entry to be read in order, or null when the recording has none of that name. */
    @Nullable
    InputStream stream(String name) throws HostReadException;

    @Override
    void close();
}
