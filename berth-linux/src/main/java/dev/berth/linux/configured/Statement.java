package dev.berth.linux.configured;

/**
 * One thing that a configuration file says.
 *
 * @param line 0 where none says it, and {@code file} tells why
 * @param key what it is about, with what it stands in before it: {@code Socket.ListenStream}, {@code net.port}
 * @param value without quotes and remarks
 */
record Statement(String file, int line, String key, String value) {
    String source() {
        return line == 0 ? file : file + ":" + line;
    }

    boolean isAbout(String name) {
        return key.equalsIgnoreCase(name);
    }

    /** The words of the value, none where it is empty. */
    String[] words() {
        return value.isEmpty() ? new String[0] : value.split("\\s+");
    }
}
