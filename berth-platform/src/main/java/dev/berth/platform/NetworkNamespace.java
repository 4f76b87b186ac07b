package dev.berth.platform;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network stack with ports of its own.
 *
 * @param inode the number of its nsfs inode on Linux; 0 on systems that have one stack only
 * @param name the name it is mounted under in {@code /run/netns}, or null where it has none
 * @param resident a process by which it was found; null where it was found in another way
 */
public record NetworkNamespace(
        long inode, @Nullable String name, @Nullable Integer resident) {
    /** The one stack of a system without namespaces. */
    public static final NetworkNamespace ONLY = new NetworkNamespace(0, null);

    public NetworkNamespace(long inode, @Nullable String name) {
        this(inode, name, null);
    }

    /** What {@code --netns} takes for it; null where it has no name and no process is known that lives in it. */
    public @Nullable String option() {
        return name == null && resident != null ? resident.toString() : name;
    }

    /** The same stack, in whichever way it was found. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NetworkNamespace that && inode == that.inode && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inode);
    }

    @Override
    public String toString() {
        return name != null ? name : "net:[" + inode + "]";
    }
}
