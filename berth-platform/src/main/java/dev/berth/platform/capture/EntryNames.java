package dev.berth.platform.capture;

/** The names entries may have: relative paths with forward slashes that stay inside the capture. */
final class EntryNames {
    private static final int LONGEST = 4096;

    private EntryNames() {}

    static boolean isSafe(String name) {
        if (name.isEmpty() || name.length() > LONGEST || name.startsWith("/") || name.indexOf('\\') >= 0) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return name.chars().noneMatch(Character::isISOControl);
    }
}
