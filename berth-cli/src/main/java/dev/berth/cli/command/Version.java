package dev.berth.cli.command;

/** Which Berth this is. */
final class Version {
    private Version() {}

    /** As its jar says; outside of one, what the sources are called. */
    static String here() {
        String built = Version.class.getPackage().getImplementationVersion();
        return built == null ? "0.1.0-SNAPSHOT" : built;
    }
}
