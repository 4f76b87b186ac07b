package dev.berth.diagnosis.explain;

import java.util.List;

/**
 * A program that writes logs, or what programs are built on.
 *
 * @param on what it is built on, by name: their lines and its own may belong together
 * @param ports those it listens on by default, the usual one first; empty where it has none
 */
record Product(String name, List<String> on, List<Integer> ports) {
    Product {
        on = List.copyOf(on);
        ports = List.copyOf(ports);
    }
}
