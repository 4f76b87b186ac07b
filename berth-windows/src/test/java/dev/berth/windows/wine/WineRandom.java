package dev.berth.windows.wine;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random numbers that no secret should be made of. Java's own seed themselves with the addresses of this machine, for which
 * Wine 8.0 has no GetAnycastIpAddressTable, and the virtual machine ends.
 */
public final class WineRandom extends Provider {
    public WineRandom() {
        super("Wine", "1", "random numbers for tests");
        put("SecureRandom.Wine", Spi.class.getName());
    }

    public static final class Spi extends SecureRandomSpi {
        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            ThreadLocalRandom.current().nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int size) {
            byte[] seed = new byte[size];
            engineNextBytes(seed);
            return seed;
        }
    }
}
