package dev.berth.windows.system;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;

/**
 * Structures of Windows as its headers lay them out where pointers have 8 bytes, each under its name there. No library is loaded
 * for them, so that any system can check them.
 */
final class Structures {
    /** Tlhelp32.h. */
    static final StructLayout PROCESSENTRY32W = structLayout(
            JAVA_INT.withName("dwSize"),
            JAVA_INT.withName("cntUsage"),
            JAVA_INT.withName("th32ProcessID"),
            paddingLayout(4),
            JAVA_LONG.withName("th32DefaultHeapID"),
            JAVA_INT.withName("th32ModuleID"),
            JAVA_INT.withName("cntThreads"),
            JAVA_INT.withName("th32ParentProcessID"),
            JAVA_INT.withName("pcPriClassBase"),
            JAVA_INT.withName("dwFlags"),
            sequenceLayout(260, JAVA_CHAR).withName("szExeFile"),
            paddingLayout(4));

    /** Winsvc.h. */
    static final StructLayout SERVICE_STATUS = structLayout(
            JAVA_INT.withName("dwServiceType"),
            JAVA_INT.withName("dwCurrentState"),
            JAVA_INT.withName("dwControlsAccepted"),
            JAVA_INT.withName("dwWin32ExitCode"),
            JAVA_INT.withName("dwServiceSpecificExitCode"),
            JAVA_INT.withName("dwCheckPoint"),
            JAVA_INT.withName("dwWaitHint"));

    /** Winsvc.h. */
    static final StructLayout ENUM_SERVICE_STATUSW = structLayout(
            JAVA_LONG.withName("lpServiceName"),
            JAVA_LONG.withName("lpDisplayName"),
            SERVICE_STATUS.withName("ServiceStatus"),
            paddingLayout(4));

    /** Winsvc.h. */
    static final StructLayout SERVICE_STATUS_PROCESS = structLayout(
            JAVA_INT.withName("dwServiceType"),
            JAVA_INT.withName("dwCurrentState"),
            JAVA_INT.withName("dwControlsAccepted"),
            JAVA_INT.withName("dwWin32ExitCode"),
            JAVA_INT.withName("dwServiceSpecificExitCode"),
            JAVA_INT.withName("dwCheckPoint"),
            JAVA_INT.withName("dwWaitHint"),
            JAVA_INT.withName("dwProcessId"),
            JAVA_INT.withName("dwServiceFlags"));

    /** Winsvc.h. */
    static final StructLayout ENUM_SERVICE_STATUS_PROCESSW = structLayout(
            JAVA_LONG.withName("lpServiceName"),
            JAVA_LONG.withName("lpDisplayName"),
            SERVICE_STATUS_PROCESS.withName("ServiceStatusProcess"),
            paddingLayout(4));

    /** Iptypes.h, as far as Berth reads. */
    static final StructLayout IP_ADAPTER_ADDRESSES_LH = structLayout(
            JAVA_INT.withName("Length"),
            JAVA_INT.withName("IfIndex"),
            JAVA_LONG.withName("Next"),
            JAVA_LONG.withName("AdapterName"),
            JAVA_LONG.withName("FirstUnicastAddress"));

    /** Iptypes.h, as far as Berth reads; its Address is a SOCKET_ADDRESS of ws2def.h. */
    static final StructLayout IP_ADAPTER_UNICAST_ADDRESS_LH = structLayout(
            JAVA_INT.withName("Length"),
            JAVA_INT.withName("Flags"),
            JAVA_LONG.withName("Next"),
            JAVA_LONG.withName("lpSockaddr"),
            JAVA_INT.withName("iSockaddrLength"));

    /** Ws2def.h. */
    static final StructLayout SOCKADDR_IN = structLayout(
            JAVA_SHORT.withName("sin_family"),
            JAVA_SHORT.withName("sin_port"),
            JAVA_INT.withName("sin_addr"),
            sequenceLayout(8, JAVA_BYTE).withName("sin_zero"));

    /** Ws2ipdef.h. */
    static final StructLayout SOCKADDR_IN6 = structLayout(
            JAVA_SHORT.withName("sin6_family"),
            JAVA_SHORT.withName("sin6_port"),
            JAVA_INT.withName("sin6_flowinfo"),
            sequenceLayout(16, JAVA_BYTE).withName("sin6_addr"),
            JAVA_INT.withName("sin6_scope_id"));

    /** Winnt.h. */
    static final StructLayout OSVERSIONINFOW = structLayout(
            JAVA_INT.withName("dwOSVersionInfoSize"),
            JAVA_INT.withName("dwMajorVersion"),
            JAVA_INT.withName("dwMinorVersion"),
            JAVA_INT.withName("dwBuildNumber"),
            JAVA_INT.withName("dwPlatformId"),
            sequenceLayout(128, JAVA_CHAR).withName("szCSDVersion"));

    /** Of NtQuerySystemInformation. */
    static final StructLayout SYSTEM_TIMEOFDAY_INFORMATION = structLayout(
            JAVA_LONG.withName("BootTime"),
            JAVA_LONG.withName("CurrentTime"),
            JAVA_LONG.withName("TimeZoneBias"),
            JAVA_INT.withName("TimeZoneId"),
            JAVA_INT.withName("Reserved"),
            JAVA_LONG.withName("BootTimeBias"),
            JAVA_LONG.withName("SleepTimeBias"));

    /** Wincon.h; both ends of its window belong to it. */
    static final StructLayout CONSOLE_SCREEN_BUFFER_INFO = structLayout(
            JAVA_SHORT.withName("dwSize.X"),
            JAVA_SHORT.withName("dwSize.Y"),
            JAVA_SHORT.withName("dwCursorPosition.X"),
            JAVA_SHORT.withName("dwCursorPosition.Y"),
            JAVA_SHORT.withName("wAttributes"),
            JAVA_SHORT.withName("srWindow.Left"),
            JAVA_SHORT.withName("srWindow.Top"),
            JAVA_SHORT.withName("srWindow.Right"),
            JAVA_SHORT.withName("srWindow.Bottom"),
            JAVA_SHORT.withName("dwMaximumWindowSize.X"),
            JAVA_SHORT.withName("dwMaximumWindowSize.Y"));

    private Structures() {}

    /** Where a member is, in bytes. */
    static long offset(StructLayout layout, String member) {
        return layout.byteOffset(PathElement.groupElement(member));
    }
}
