package dev.berth.lab.program;

import java.net.InetSocketAddress;

/** An address and a port as an argument and in a log: {@code 10.0.2.2:5432}. */
final class Address {
    private Address() {}

    static InetSocketAddress of(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
