package dev.berth.linux.kernel;

/** A pattern of names, as glob(7) describes it: {@code *}, {@code ?} and {@code [a-z]}, none of which crosses a slash. */
public record Glob(String pattern) {
    public static boolean isOne(String text) {
        return text.contains("*") || text.contains("?") || text.contains("[");
    }

    /** Takes time in proportion to both lengths, whatever the pattern. */
    public boolean matches(String text) {
        int p = 0;
        int star = -1; // the last star, and the text it has swallowed so far: the only place ever worth going back to
        int swallowed = 0;
        for (int t = 0; t < text.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                swallowed = t;
            } else if (p < pattern.length() && accepts(p, text.charAt(t))) {
                p = after(p);
                t++;
            } else if (star >= 0 && text.charAt(swallowed) != '/') {
                p = star + 1;
                t = ++swallowed;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private boolean accepts(int at, char c) {
        int close = closingBracket(at);
        if (close < 0) {
            return pattern.charAt(at) == '?' ? c != '/' : pattern.charAt(at) == c;
        }
        boolean negated = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
        boolean listed = false;
        for (int i = at + (negated ? 2 : 1); i < close; i++) {
            boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
            listed |= pattern.charAt(i) <= c && c <= pattern.charAt(range ? i + 2 : i);
            i += range ? 2 : 0;
        }
        return c != '/' && listed != negated;
    }

    private int after(int at) {
        int close = closingBracket(at);
        return close < 0 ? at + 1 : close + 1;
    }

    /** Where the bracket that opens at {@code at} closes, or -1 where none opens there. */
    private int closingBracket(int at) {
        return pattern.charAt(at) == '[' ? pattern.indexOf(']', at + 2) : -1;
    }
}
