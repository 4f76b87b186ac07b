package dev.berth.linux.processes;

import dev.berth.platform.OwnerQuery;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads descriptors with the JDK alone, at half the speed: for architectures whose system calls Berth does not know. */
final class PathDescriptorReader implements DescriptorReader {
    private static final String SOCKET = "socket:[";

    @Override
    public Outcome read(int id, OwnerQuery query, SocketInodes into, IntPredicate enough) {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + id + "/fd"))) {
            int read = 0;
            for (Path descriptor : descriptors) {
                if (enough.test(read)) {
                    return Outcome.ABANDONED;
                }
                read++;
                long inode = socket(descriptor);
                if (query.wants(inode)) {
                    into.add(Integer.parseInt(String.valueOf(descriptor.getFileName())), inode);
                }
            }
            return read == 0 ? Outcome.EMPTY : Outcome.READ;
        } catch (DirectoryIteratorException e) {
            return outcome(e.getCause());
        } catch (IOException e) {
            return outcome(e);
        }
    }

    @Override
    public boolean holdsAny(int id, int[] descriptors, OwnerQuery query) {
        for (int descriptor : descriptors) {
            try {
                if (query.wants(socket(Path.of("/proc/" + id + "/fd/" + descriptor)))) {
                    return true;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return false;
    }

    /** The inode of a socket, or 0 where the descriptor is none, or has been closed since the directory was read. */
    private static long socket(Path descriptor) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith(SOCKET) ? Long.parseLong(target, SOCKET.length(), target.length() - 1, 10) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static Outcome outcome(@Nullable IOException e) {
        boolean ended = e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || e != null
                        && String.valueOf(e.getMessage())
                                .endsWith("No such process"); // ESRCH has no exception of its own
        return ended ? Outcome.ENDED : Outcome.HIDDEN;
    }

    @Override
    public void close() {}
}
