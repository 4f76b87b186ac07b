package dev.berth.windows.system;

import org.jspecify.annotations.Nullable;

/** The registry of this Windows. */
final class LiveRegistry implements Registry {
    @Override
    public @Nullable RegistryValue read(String key, String name) throws WindowsErrorException {
        throw new WindowsErrorException("RegGetValueW", WindowsErrorException.NOT_SUPPORTED);
    }
}
