package dev.berth.linux.kernel;

/** What a program that lists something said. */
public sealed interface ToolReply {
    /** Its standard output; it ended well. */
    record Said(String output) implements ToolReply {}

    /** There is no such program. */
    record Missing() implements ToolReply {}

    /** It ended with an error, or not in time; {@code why} is what it complained of. */
    record Failed(String why) implements ToolReply {}
}
