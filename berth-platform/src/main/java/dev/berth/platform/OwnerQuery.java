package dev.berth.platform;

import org.jspecify.annotations.Nullable;

/**
 * Whose sockets to look for, and how hard.
 *
 * @param inodes the sockets in question, or null for every socket
 * @param effort whether the answer must be whole
 */
public record OwnerQuery(@Nullable InodeSet inodes, Effort effort) {
    /** How far to look. */
    public enum Effort {
        /** Every process, so that every holder is listed. */
        EVERY_HOLDER,
        /** As far as the first process that holds one of the sockets, and its relatives. */
        FIRST_FAMILY
    }

    /** The holders of every socket. */
    public static OwnerQuery everything() {
        return new OwnerQuery(null, Effort.EVERY_HOLDER);
    }

    /** Every holder of these sockets. */
    public static OwnerQuery everyHolder(InodeSet inodes) {
        return new OwnerQuery(inodes, Effort.EVERY_HOLDER);
    }

    /** The first holder of these sockets that is found, and its relatives. */
    public static OwnerQuery firstFamily(InodeSet inodes) {
        return new OwnerQuery(inodes, Effort.FIRST_FAMILY);
    }

    public boolean wants(long inode) {
        return inode != 0 && (inodes == null || inodes.contains(inode));
    }
}
