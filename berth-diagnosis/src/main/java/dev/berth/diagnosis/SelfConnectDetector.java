package dev.berth.diagnosis;

import java.util.function.Consumer;

/** Finds clients that are connected to themselves. */
final class SelfConnectDetector implements Detector {
    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        for (Survey.Sighting socket : host.survey().selfConnects()) {
            found.accept(
                    new Finding.SelfConnect(socket.local(), host.processes().firstHolding(socket.inode())));
        }
    }
}
