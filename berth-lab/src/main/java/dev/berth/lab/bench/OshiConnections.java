package dev.berth.lab.bench;

import java.util.List;

/** What OSHI knows of connections, line by line. By reflection, since Berth has no use for OSHI otherwise. */
final class OshiConnections {
    private OshiConnections() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Object info = Class.forName("oshi.SystemInfo").getConstructor().newInstance();
        var connections =
                (List<?>) get(get(get(info, "getOperatingSystem"), "getInternetProtocolStats"), "getConnections");
        for (Object connection : connections) {
            System.out.println(connection);
        }
    }

    private static Object get(Object of, String getter) throws ReflectiveOperationException {
        return of.getClass().getMethod(getter).invoke(of);
    }
}
