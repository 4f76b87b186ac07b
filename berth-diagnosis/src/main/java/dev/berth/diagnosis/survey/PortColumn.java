package dev.berth.diagnosis.survey;

import java.util.Arrays;

/** Ports in the order they were added, two bytes each. */
public final class PortColumn {
    private char[] ports = new char[64];
    private int size;

    void add(int port) {
        if (size == ports.length) {
            ports = Arrays.copyOf(ports, size * 2);
        }
        ports[size++] = (char) port;
    }

    void addAll(PortColumn other) {
        int end = size + other.size;
        if (end > ports.length) {
            ports = Arrays.copyOf(ports, Math.max(end, ports.length * 2));
        }
        System.arraycopy(other.ports, 0, ports, size, other.size);
        size = end;
    }

    public int size() {
        return size;
    }

    public int port(int index) {
        return ports[index];
    }
}
