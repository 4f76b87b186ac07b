package dev.berth.windows.system;

import java.util.List;

/** A value of the registry, by its type. */
public sealed interface RegistryValue {
    /** REG_DWORD: 32 bits without a sign. */
    record Dword(long number) implements RegistryValue {}

    /** REG_SZ or REG_EXPAND_SZ, not expanded. */
    record Text(String text) implements RegistryValue {}

    /** REG_MULTI_SZ. */
    record Lines(List<String> lines) implements RegistryValue {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** Any other. */
    record Other(int type, int bytes) implements RegistryValue {}
}
