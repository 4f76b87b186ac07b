package dev.berth.platform;

import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** An operating system behind the door; found as a service. */
public interface HostProvider {
    /** {@code linux} or {@code windows}, as in {@link HostFacts#system}. */
    String system();

    /** Whether this process runs on that system. */
    boolean isHere();

    /** Begins, beside the caller, what every look at this machine needs first. Never needed, only faster. */
    default void warmUp() {}

    /**
     * Opens this machine.
     *
     * @return one for each namespace chosen
     * @throws HostReadException when a namespace does not exist or may not be entered
     */
    List<HostNetwork> open(NamespaceChoice choice) throws HostReadException;

    /**
     * Opens a recording of such a system; works on every system.
     *
     * @throws HostReadException when the recording lacks the namespace or is damaged
     */
    List<HostNetwork> open(Capture capture, NamespaceChoice choice) throws HostReadException;

    /** Records this machine into a new file, readable by its owner only. Nothing is left behind when it fails. */
    void record(Path file, CaptureRequest request) throws HostReadException;

    /**
     * Takes this process out of the session it was started in, so that it lives on when its terminal goes. Where the system
     * has no sessions, or this process leads one already, there is nothing to do.
     */
    default void detach() {}

    /** How many columns the terminal behind standard input (0), output (1) or error (2) has; empty where it is none. */
    OptionalInt terminalColumns(int descriptor);

    /** How many rows the terminal behind standard output has; empty where it is none, or does not say. */
    default OptionalInt terminalRows() {
        return OptionalInt.empty();
    }

    /** Whether a terminal is behind that descriptor, even one that does not say how wide it is. */
    default boolean isTerminal(int descriptor) {
        return terminalColumns(descriptor).isPresent();
    }

    /** Whether the terminal behind that descriptor obeys ECMA-48: colours, and where the cursor goes. */
    default boolean obeysEscapes(int descriptor) {
        return true;
    }

    /** The letters in which text for that descriptor is written: those of the terminal behind it, and UTF-8 for all else. */
    default Charset letters(int descriptor) {
        return StandardCharsets.UTF_8;
    }

    /** Whether a pipe is known to be behind that descriptor, so that a write fails when nobody reads any more. */
    default boolean isPipe(int descriptor) {
        return false;
    }
}
