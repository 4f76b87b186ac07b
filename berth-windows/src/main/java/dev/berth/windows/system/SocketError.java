package dev.berth.windows.system;

/** Names of Winsock's errors, winsock2.h. */
final class SocketError {
    private SocketError() {}

    /** Such as {@code WSAEADDRINUSE}; {@code WSA} and the number of one that no bind is known to end with. */
    static String name(int number) {
        return switch (number) {
            case 10_013 -> "WSAEACCES";
            case 10_014 -> "WSAEFAULT";
            case 10_022 -> "WSAEINVAL";
            case 10_024 -> "WSAEMFILE";
            case 10_038 -> "WSAENOTSOCK";
            case 10_041 -> "WSAEPROTOTYPE";
            case 10_042 -> "WSAENOPROTOOPT";
            case 10_043 -> "WSAEPROTONOSUPPORT";
            case 10_044 -> "WSAESOCKTNOSUPPORT";
            case 10_045 -> "WSAEOPNOTSUPP";
            case 10_047 -> "WSAEAFNOSUPPORT";
            case 10_048 -> "WSAEADDRINUSE";
            case 10_049 -> "WSAEADDRNOTAVAIL";
            case 10_050 -> "WSAENETDOWN";
            case 10_055 -> "WSAENOBUFS";
            case 10_091 -> "WSASYSNOTREADY";
            case 10_093 -> "WSANOTINITIALISED";
            case 10_106 -> "WSAEPROVIDERFAILEDINIT";
            default -> "WSA" + number;
        };
    }
}
