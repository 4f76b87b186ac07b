package dev.berth.platform;

import org.jspecify.annotations.Nullable;

/**
 * A network stack with ports of its own.
 *
 * @param inode the number of its nsfs inode on Linux; 0 on systems that have one stack only
 * @param name the name it is mounted under in {@code /run/netns}, or null where it has none
 */
public record NetworkNamespace(long inode, @Nullable String name) {
    /** The one stack of a system without namespaces. */
    public static final NetworkNamespace ONLY = new NetworkNamespace(0, null);

    @Override
    public String toString() {
        return name != null ? name : "net:[" + inode + "]";
    }
}
