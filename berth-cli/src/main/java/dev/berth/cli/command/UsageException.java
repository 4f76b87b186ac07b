package dev.berth.cli.command;

/** The words of the command line ask for nothing that can be done. */
public final class UsageException extends Exception {
    private final String why;
    private final String next;

    public UsageException(String what, String why, String next) {
        super(what);
        this.why = why;
        this.next = next;
    }

    public String why() {
        return why;
    }

    public String next() {
        return next;
    }
}
