package dev.berth.cli.command;

/** What was asked for was not done, or did not help. */
public class NotDoneException extends Exception {
    private final int code;
    private final String why;
    private final String next;

    /**
     * @param code an {@link ExitCode}
     */
    NotDoneException(int code, String what, String why, String next) {
        super(what);
        this.code = code;
        this.why = why;
        this.next = next;
    }

    public int code() {
        return code;
    }

    public String why() {
        return why;
    }

    public String next() {
        return next;
    }
}
