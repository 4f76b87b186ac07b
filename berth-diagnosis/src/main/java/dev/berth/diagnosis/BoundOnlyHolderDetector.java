package dev.berth.diagnosis;

import java.util.function.Consumer;

/** Finds sockets that hold a port without using it. */
final class BoundOnlyHolderDetector implements Detector {
    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        for (Survey.Sighting socket : host.survey().boundOnly()) {
            found.accept(
                    new Finding.BoundOnlyHolder(socket.local(), host.processes().firstHolding(socket.inode())));
        }
    }
}
