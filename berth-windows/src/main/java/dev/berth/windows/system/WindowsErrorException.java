package dev.berth.windows.system;

/** A call of Windows that failed. */
public final class WindowsErrorException extends Exception {
    public static final int FILE_NOT_FOUND = 2;
    public static final int ACCESS_DENIED = 5;
    public static final int SHARING_VIOLATION = 32;
    public static final int NOT_SUPPORTED = 50;
    public static final int INVALID_PARAMETER = 87;
    public static final int INSUFFICIENT_BUFFER = 122;
    public static final int NOT_FOUND = 1168;

    private final String call;
    private final int number;

    /** @param number as winerror.h numbers it */
    public WindowsErrorException(String call, int number) {
        super(call + " failed with error " + number);
        this.call = call;
        this.number = number;
    }

    /** What a recording does not hold, or holds damaged. */
    public WindowsErrorException(String why) {
        super(why);
        this.call = "a recording";
        this.number = NOT_FOUND;
    }

    /** The name of the function. */
    public String call() {
        return call;
    }

    public int number() {
        return number;
    }
}
