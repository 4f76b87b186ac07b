package dev.berth.client.host;

/** The kinds of system that share ports between connections differently. */
public enum Platform {
    LINUX,
    WINDOWS,
    /** Any other: nothing is promised of it. */
    OTHER;

    /** The one this program runs on. */
    public static Platform here() {
        String name = System.getProperty("os.name", "");
        return name.equals("Linux") ? LINUX : name.startsWith("Windows") ? WINDOWS : OTHER;
    }
}
