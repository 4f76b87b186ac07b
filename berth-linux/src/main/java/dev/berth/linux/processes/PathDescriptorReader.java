package dev.berth.linux.processes;

import dev.berth.platform.OwnerQuery;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads descriptors with the JDK alone, at half the speed: for architectures whose system calls Berth does not know. */
final class PathDescriptorReader implements DescriptorReader {
    private static final String SOCKET = "socket:[";

    @Override
    public Outcome read(int id, OwnerQuery query, SocketInodes into) {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + id + "/fd"))) {
            var outcome = Outcome.EMPTY;
            for (Path descriptor : descriptors) {
                outcome = Outcome.READ;
                addSocket(descriptor, query, into);
            }
            return outcome;
        } catch (DirectoryIteratorException e) {
            return outcome(e.getCause());
        } catch (IOException e) {
            return outcome(e);
        }
    }

    private static void addSocket(Path descriptor, OwnerQuery query, SocketInodes into) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith(SOCKET)) {
                long inode = Long.parseLong(target, SOCKET.length(), target.length() - 1, 10);
                if (query.wants(inode)) {
                    into.add(inode);
                }
            }
        } catch (NoSuchFileException e) {
            // closed since the directory was read
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
