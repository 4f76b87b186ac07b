package dev.berth.diagnosis.explain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK makes of a refusal on Windows: its {@code NET_Bind} turns WSAEACCES into WSAEADDRINUSE
 * (src/java.base/windows/native/libnet/net_util_md.c), so that a port which Windows excludes reads as one in use, and
 * whatever is built on Java says so. The debug agent (JDWP) does not go that way.
 */
public final class JdkOnWindows {
    private static final Pattern JAVA = Pattern.compile("\\bjava\\.\\w|BindException|PortInUseException|JVM_Bind");

    private JdkOnWindows() {}

    /** Whether the port may be an excluded one, where the lines were written on Windows. */
    public static boolean mayHideExclusion(Incident incident) {
        boolean inUse = incident.error() == null || incident.error().refusal() == Refusal.ADDRESS_IN_USE;
        return inUse && incident.operation() != Operation.CONNECT && isJava(incident);
    }

    private static boolean isJava(Incident incident) {
        String product = incident.product();
        if (product != null && product.contains("JDWP")) {
            return false;
        }
        return product != null && isName(product)
                || incident.builtOn().stream().anyMatch(JdkOnWindows::isName)
                || JAVA.matcher(incident.text()).find();
    }

    private static boolean isName(String product) {
        return product.equals("Java") || product.startsWith("Java ");
    }

    /** The sentence for it; empty where it cannot be so. */
    static String sentence(Incident incident, @Nullable LoggedSystem system) {
        if (!mayHideExclusion(incident) || system != null && system != LoggedSystem.WINDOWS) {
            return "";
        }
        return system == LoggedSystem.WINDOWS
                ? " But Java on Windows says so of an excluded port too, for the JDK turns WSAEACCES (10013) into it: "
                        + "perhaps nobody has the port."
                : " Should it be Windows: there Java says so of an excluded port too, which nobody has.";
    }
}
