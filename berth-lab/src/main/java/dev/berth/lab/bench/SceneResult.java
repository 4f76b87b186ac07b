package dev.berth.lab.bench;

import java.util.List;

/** What was measured in one scene. */
public sealed interface SceneResult {
    /** As it is asked for. */
    String name();

    String title();

    List<Comparison> comparisons();

    List<Unchecked> unchecked();

    /** Commands beside each other. */
    record Commands(
            String name,
            String title,
            int sockets,
            List<Series> series,
            List<Skipped> skipped,
            List<Comparison> comparisons,
            List<Unchecked> unchecked)
            implements SceneResult {}

    /**
     * Ways to connect beside each other.
     *
     * @param ports of each way
     */
    record Connects(String name, String title, int ports, List<ConnectCell> cells, List<Comparison> comparisons)
            implements SceneResult {
        @Override
        public List<Unchecked> unchecked() {
            return List.of();
        }
    }
}
