package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.IpAddress;
import java.lang.foreign.StructLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the headers of Windows for x64, which arm64 shares. */
class StructuresTest {
    private static StructLayout structure(String name) throws ReflectiveOperationException {
        return (StructLayout) Structures.class.getDeclaredField(name).get(null);
    }

    @ParameterizedTest
    @CsvSource({
        "PROCESSENTRY32W, 568",
        "SERVICE_STATUS, 28",
        "ENUM_SERVICE_STATUSW, 48",
        "SERVICE_STATUS_PROCESS, 36",
        "ENUM_SERVICE_STATUS_PROCESSW, 56",
        "IP_ADAPTER_ADDRESSES_LH, 32",
        "IP_ADAPTER_UNICAST_ADDRESS_LH, 28",
        "SOCKADDR_IN, 16",
        "SOCKADDR_IN6, 28",
        "OSVERSIONINFOW, 276",
        "SYSTEM_TIMEOFDAY_INFORMATION, 48",
        "CONSOLE_SCREEN_BUFFER_INFO, 22",
    })
    void a_structure_has_its_size(String name, long size) throws ReflectiveOperationException {
        assertThat(structure(name).byteSize()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "PROCESSENTRY32W, th32ProcessID, 8",
        "PROCESSENTRY32W, th32DefaultHeapID, 16",
        "PROCESSENTRY32W, th32ParentProcessID, 32",
        "PROCESSENTRY32W, szExeFile, 44",
        "ENUM_SERVICE_STATUSW, lpServiceName, 0",
        "SERVICE_STATUS_PROCESS, dwCurrentState, 4",
        "SERVICE_STATUS_PROCESS, dwWin32ExitCode, 12",
        "SERVICE_STATUS_PROCESS, dwWaitHint, 24",
        "SERVICE_STATUS_PROCESS, dwProcessId, 28",
        "ENUM_SERVICE_STATUS_PROCESSW, lpServiceName, 0",
        "ENUM_SERVICE_STATUS_PROCESSW, lpDisplayName, 8",
        "ENUM_SERVICE_STATUS_PROCESSW, ServiceStatusProcess, 16",
        "IP_ADAPTER_ADDRESSES_LH, Next, 8",
        "IP_ADAPTER_ADDRESSES_LH, FirstUnicastAddress, 24",
        "IP_ADAPTER_UNICAST_ADDRESS_LH, Next, 8",
        "IP_ADAPTER_UNICAST_ADDRESS_LH, lpSockaddr, 16",
        "IP_ADAPTER_UNICAST_ADDRESS_LH, iSockaddrLength, 24",
        "SOCKADDR_IN, sin_addr, 4",
        "SOCKADDR_IN6, sin6_addr, 8",
        "OSVERSIONINFOW, dwMajorVersion, 4",
        "OSVERSIONINFOW, dwMinorVersion, 8",
        "OSVERSIONINFOW, dwBuildNumber, 12",
        "SYSTEM_TIMEOFDAY_INFORMATION, BootTime, 0",
        "SYSTEM_TIMEOFDAY_INFORMATION, BootTimeBias, 32",
        "CONSOLE_SCREEN_BUFFER_INFO, srWindow.Left, 10",
        "CONSOLE_SCREEN_BUFFER_INFO, srWindow.Top, 12",
        "CONSOLE_SCREEN_BUFFER_INFO, srWindow.Right, 14",
        "CONSOLE_SCREEN_BUFFER_INFO, srWindow.Bottom, 16",
    })
    void a_member_is_where_the_header_has_it(String name, String member, long offset)
            throws ReflectiveOperationException {
        assertThat(Structures.offset(structure(name), member)).isEqualTo(offset);
    }

    @Test
    void the_addresses_of_sockets_are_written_in_their_size() {
        assertThat(BindAttempt.socketAddress(IpAddress.ANY_V4, 80)).hasSize((int) Structures.SOCKADDR_IN.byteSize());
        assertThat(BindAttempt.socketAddress(IpAddress.ANY_V6, 80)).hasSize((int) Structures.SOCKADDR_IN6.byteSize());
    }
}
