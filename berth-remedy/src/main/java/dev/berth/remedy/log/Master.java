package dev.berth.remedy.log;

import java.util.Map;

/** Whoever may change the whole machine, and how one becomes that; the same person before that may not. */
public enum Master {
    ROOT("root", "as root (sudo)"),
    ADMINISTRATOR("an administrator", "in a prompt that was opened with Run as administrator");

    private final String who;
    private final String how;

    Master(String who, String how) {
        this.who = who;
        this.how = how;
    }

    public static Master of(boolean windows) {
        return windows ? ADMINISTRATOR : ROOT;
    }

    /** Of the machine that has this environment. */
    public static Master of(Map<String, String> environment) {
        return of(StateFolder.isWindows(environment));
    }

    /** Such as {@code root}. */
    public String who() {
        return who;
    }

    /** Completes "run it". */
    public String how() {
        return how;
    }

    /** What to type. */
    public String types(String command) {
        return this == ROOT ? "sudo " + command : command + ", " + how;
    }
}
