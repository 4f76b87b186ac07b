package dev.berth.windows.system;

import org.jspecify.annotations.Nullable;

/** Values below HKEY_LOCAL_MACHINE, of the 64-bit view. */
public interface Registry {
    /** Where the values of TCP/IP are. */
    String TCPIP = "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";

    /** Where the Host Networking Service keeps its own. */
    String HNS = "SYSTEM\\CurrentControlSet\\Services\\hns\\State";

    /** Null where there is no such value, or no such key. */
    @Nullable
    RegistryValue read(String key, String name) throws WindowsErrorException;
}
