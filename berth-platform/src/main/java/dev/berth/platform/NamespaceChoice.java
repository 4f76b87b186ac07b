package dev.berth.platform;

/** Which network namespaces a question is about: what {@code --netns} says. */
public sealed interface NamespaceChoice {
    /** The one this process runs in. */
    record Own() implements NamespaceChoice {}

    /** The one named in {@code /run/netns}. */
    record Named(String name) implements NamespaceChoice {}

    /** The one that process runs in. */
    record OfProcess(int pid) implements NamespaceChoice {}

    /**
     * The one with that inode number, by whatever path leads to it: none is opened where there certainly is none, and where
     * that cannot be told, or it may not be entered, opening fails.
     */
    record Numbered(long inode) implements NamespaceChoice {}

    /** Every one that can be found; where a system has none, that is refused. */
    record All() implements NamespaceChoice {}

    /** The same where nobody asked for namespaces: of a system without them its one network stack. */
    record Whole() implements NamespaceChoice {}

    /** Reads {@code all}, a process id, or a name. */
    static NamespaceChoice parse(String text) {
        if (text.equals("all")) {
            return new All();
        }
        boolean number = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> '0' <= c && c <= '9');
        return number ? new OfProcess(Integer.parseInt(text)) : new Named(text);
    }
}
