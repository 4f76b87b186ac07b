package dev.berth.net;

/** IPv6 addresses as text: RFC 4291 section 2.2 in, RFC 5952 out. */
final class V6Text {
    private static final int GROUPS = 8;

    private V6Text() {}

    static void append(StringBuilder text, long high, long low) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i & 3))) & 0xffff;
        }
        int gap = -1; // where the longest run of two or more zero groups starts: the one to write as "::"
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && groups[i + length] == 0) {
                length++;
            }
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
            i += length;
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                if (i > 0 && i != gap + gapLength) {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
    }

    static IpAddress parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = groups(text, text);
            return groups.length == GROUPS ? join(groups) : refuse(text);
        }
        int[] before = groups(text.substring(0, gap), text);
        int[] after = groups(text.substring(gap + 2), text);
        if (before.length + after.length >= GROUPS) {
            return refuse(text);
        }
        int[] all = new int[GROUPS];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(after, 0, all, GROUPS - after.length, after.length);
        return join(all);
    }

    private static int[] groups(String part, String whole) {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] words = part.split(":", -1);
        boolean endsInV4 = words[words.length - 1].indexOf('.') >= 0;
        int[] groups = new int[endsInV4 ? words.length + 1 : words.length];
        for (int i = 0; i < words.length; i++) {
            if (endsInV4 && i == words.length - 1) {
                int bits = parseV4(words[i], whole);
                groups[i] = bits >>> 16;
                groups[i + 1] = bits & 0xffff;
            } else {
                groups[i] = group(words[i], whole);
            }
        }
        return groups;
    }

    private static int group(String word, String whole) {
        if (word.isEmpty() || word.length() > 4) {
            refuse(whole);
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            int digit = letter < 128 ? Character.digit(letter, 16) : -1;
            if (digit < 0) {
                refuse(whole);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The 32 bits of dotted-quad {@code part}, a part of {@code whole}. */
    static int parseV4(String part, String whole) {
        String[] words = part.split("\\.", -1);
        if (words.length != 4) {
            refuse(whole);
        }
        int bits = 0;
        for (String word : words) {
            boolean number =
                    !word.isEmpty() && word.length() <= 3 && word.chars().allMatch(c -> '0' <= c && c <= '9');
            boolean leadingZero = word.length() > 1 && word.charAt(0) == '0'; // some readers take it for octal
            if (!number || leadingZero || Integer.parseInt(word) > 255) {
                refuse(whole);
            }
            bits = bits << 8 | Integer.parseInt(word);
        }
        return bits;
    }

    private static IpAddress join(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            if (i < 4) {
                high = high << 16 | groups[i];
            } else {
                low = low << 16 | groups[i];
            }
        }
        return new IpAddress(high, low);
    }

    private static IpAddress refuse(String text) {
        throw new IllegalArgumentException(
                "'%s' is not an IP address: want one like 127.0.0.1 or ::1 (names are not looked up)".formatted(text));
    }
}
