package dev.berth.platform;

import org.jspecify.annotations.Nullable;

/**
 * A network stack with ports of its own.
 *
 * @param inode the number of its nsfs inode on Linux; 0 on systems that have one stack only
 * @param name the name it is mounted under in {@code /run/netns}, or null where it has none
 * @param resident a process by which it was found; null where it was found in another way
 * @param cookie what Linux from 5.14 on gives to no other stack until it starts again ({@code SO_NETNS_COOKIE}), 64 bits
 *     without a sign; null where it was not asked for or cannot be had
 */
public record NetworkNamespace(
        long inode,
        @Nullable String name,
        @Nullable Integer resident,
        @Nullable Long cookie) {
    /** The one stack of a system without namespaces. */
    public static final NetworkNamespace ONLY = new NetworkNamespace(0, null);

    public NetworkNamespace(long inode, @Nullable String name) {
        this(inode, name, null);
    }

    public NetworkNamespace(long inode, @Nullable String name, @Nullable Integer resident) {
        this(inode, name, resident, null);
    }

    /** Whether it is the stack of a system that has one only, which is Windows. */
    public boolean isOnly() {
        return inode == 0;
    }

    /** The same with its cookie. */
    public NetworkNamespace withCookie(@Nullable Long known) {
        return new NetworkNamespace(inode, name, resident, known);
    }

    /** What {@code --netns} takes for it; null where it has no name and no process is known that lives in it. */
    public @Nullable String option() {
        return name == null && resident != null ? resident.toString() : name;
    }

    /**
     * Whether both may be one stack, seen at different times of one run of the system: an inode number is given to the next
     * stack once its own is gone, a cookie is not.
     */
    public boolean mayBe(NetworkNamespace other) {
        return inode == other.inode && (cookie == null || other.cookie == null || cookie.equals(other.cookie));
    }

    /** The same stack of those that are there at one time, by whichever name or process it was found. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NetworkNamespace that && inode == that.inode;
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
