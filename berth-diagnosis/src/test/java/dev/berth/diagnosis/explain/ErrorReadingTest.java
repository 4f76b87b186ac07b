package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How languages and products write the number, the name and the text of an error. */
class ErrorReadingTest {
    private static final ErrorTexts TEXTS = ErrorTexts.shipped();
    private static final ErrorReading ERRORS = new ErrorReading(TEXTS);
    private static final Literals TRIGGERS = new Literals(ERRORS.triggers());

    private static @Nullable LoggedError read(String line) {
        return ERRORS.in(line, ErrorTexts.folded(line), TRIGGERS.in(line), 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bind: Address already in use (errno=98) | EADDRINUSE 98 | linux",
                "bind failed, errno: 98 | EADDRINUSE 98 | linux",
                "bind failed with errno 98. | EADDRINUSE 98 | linux",
                "PHP Warning: socket_bind(): errno = 98 | EADDRINUSE 98 | linux",
                "OSError: [Errno 98] Address already in use | EADDRINUSE 98 | linux",
                "OSError: [Errno 48] Address already in use | EADDRINUSE 48 | bsd",
                "Os { code: 48, kind: AddrInUse, message: \"Address already in use\" } | EADDRINUSE 48 | bsd",
                "Os { code: 98, kind: AddrInUse, message: \"\" } | EADDRINUSE 98 | linux",
                "Error: Address not available (os error 99) | EADDRNOTAVAIL 99 | linux",
                "connect(..) failed with error(-99): Cannot assign requested address | EADDRNOTAVAIL 99 | linux",
                "(98)Address already in use: make_sock: could not bind | EADDRINUSE 98 | linux",
                "(13)Permission denied: make_sock: could not bind to address [::]:80 | EACCES 13 |",
                "Socket bind failed: [98] [Address already in use] | EADDRINUSE 98 | linux",
                "Socket bind failed: [730048] Only one usage of each socket address | WSAEADDRINUSE | windows",
                "bind() to 0.0.0.0:80 failed (10013: An attempt was made to access a socket) | WSAEACCES 10013 | windows",
                "bind() to 0.0.0.0:80 failed (98: in a language that nobody knows) | EADDRINUSE 98 | linux",
                "(OS 10048)in such a language: AH00072: make_sock: could not bind to address [::]:80 | WSAEADDRINUSE 10048 | windows",
                "unable to bind address [10048]: Only one usage of each socket address | WSAEADDRINUSE 10048 | windows",
                "(OS 10048)通常每个套接字地址(协议/网络地址/端口)只允许使用一次 | WSAEADDRINUSE 10048 | windows",
                "Error -4091 EADDRINUSE address already in use | WSAEADDRINUSE 4091 | windows",
                "{ errno: -4092, code: 'EACCES', syscall: 'listen' } | WSAEACCES 4092 | windows",
                "{ errno: -98, code: 'EADDRINUSE', syscall: 'listen' } | EADDRINUSE 98 | linux",
                "SocketException (10048): Only one usage of each socket address | WSAEADDRINUSE 10048 | windows",
                "System.Net.Sockets.SocketException (98): Address already in use | EADDRINUSE 98 | linux",
                "PermissionError: [WinError 10013] | WSAEACCES 10013 | windows",
                "NativeErrorCode=10048 | WSAEADDRINUSE 10048 | windows",
                "ErrorCode: 10048, SocketErrorCode: AddressAlreadyInUse | WSAEADDRINUSE 10048 | windows",
                "bind failed, WSAGetLastError() = 10048 | WSAEADDRINUSE 10048 | windows",
                "wsaError 10055 | WSAENOBUFS 10055 | windows",
                "Socket Error # 10048 | WSAEADDRINUSE 10048 | windows",
                "winsock error: 10049 | WSAEADDRNOTAVAIL 10049 | windows",
                "WSAEADDRINUSE | WSAEADDRINUSE | windows",
                "TDSSNIClient initialization failed with error 0x2741, status code 0xa. | WSAEADDRNOTAVAIL 10049 | windows",
                "bind() returned an error: WSAEACCES (0x271D) | WSAEACCES 10013 | windows",
                "System.Net.Http failed. HRESULT: 0x80072740 | WSAEADDRINUSE 10048 | windows",
                "{error,eaddrinuse} | EADDRINUSE |",
                "for reason eaddrnotavail (can't assign requested address) | EADDRNOTAVAIL |",
                "Errno::EADDRINUSE | EADDRINUSE |",
                "Errno::EADDRNOTAVAIL: Can't assign requested address - bind(2) | EADDRNOTAVAIL | bsd",
                "kind: AddrNotAvailable | EADDRNOTAVAIL |",
                "bind: Address already in use [system:98] | EADDRINUSE 98 | linux",
                "bind: Address already in use [system:98 at /usr/include/boost/asio/detail/reactive.hpp:1] | EADDRINUSE 98 | linux",
                "Got error: 98: Address already in use | EADDRINUSE 98 | linux",
                "listen(): bind() failed errno:48 Address already in use for socket: 0.0.0.0:27017 | EADDRINUSE 48 | bsd",
                "Failed to bind: error code 98 | EADDRINUSE 98 | linux",
                "net::ERR_ADDRESS_IN_USE | EADDRINUSE |",
                "bind(3, {sa_family=AF_INET}, 16) = -1 EADDRINUSE (Address already in use) | EADDRINUSE |",
                "connect: Address not available | EADDRNOTAVAIL |",
                "could not listen on UDP socket: address in use | EADDRINUSE |",
                "app[48]: bind: Address already in use | EADDRINUSE |",
                "02:00:48: Address already in use | EADDRINUSE |",
                "[2026-11-22 02:00:00 +0000] [48] [ERROR] [Errno 98] Address already in use | EADDRINUSE 98 | linux",
                "dial tcp 10.0.0.5:10048: connect: cannot assign requested address | EADDRNOTAVAIL |",
            })
    void an_error_is_read_with_its_number_and_its_system(String line, String name, @Nullable String system) {
        assertThat(words(read(line))).as(line).isEqualTo(name + (system == null ? "" : " of " + system));
    }

    private static String words(@Nullable LoggedError error) {
        return error == null
                ? "nothing"
                : error.name()
                        + (error.number() == null ? "" : " " + error.number())
                        + (error.system() == null ? "" : " of " + error.system().label());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Process finished with exit code 98",
                "exited with code 99",
                "status=98/n/a",
                "GET /errors/eaddrinuse 404",
                "pid 10048 on port 10049 wrote 10055 bytes",
                "took 98 ms, 13 errors",
                "error code: 13 of 48",
                "at 0x2740 in libc",
                "10048",
                "errno: 4091",
                "98",
            })
    void a_number_alone_is_no_error(String line) {
        assertThat(read(line)).as(line).isNull();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_is_found_in_the_case_it_is_written_in_and_in_lower_case(String text) {
        assertThat(read("bind: " + text)).as(text).isNotNull();
        assertThat(read("bind: " + ErrorTexts.folded(text))).as(text).isNotNull(); // as Python's asyncio does
        assertThat(read("bind: " + text + ".")).as(text).isNotNull();
    }

    static List<String> texts() {
        return TEXTS.written();
    }

    @Test
    void a_number_that_contradicts_the_text_is_that_of_something_else() {
        assertThat(words(read("(13) errno 13 Address already in use"))).isEqualTo("EADDRINUSE");
    }
}
