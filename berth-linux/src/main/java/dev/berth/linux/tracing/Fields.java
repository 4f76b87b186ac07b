package dev.berth.linux.tracing;

import dev.berth.platform.HostReadException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the members of an event or of a page are, as its {@code format} file or {@code header_page} says: they differ between
 * kernels and architectures. See Documentation/trace/events.rst.
 */
record Fields(String of, Map<String, Field> all) {
    /** {@code field:__u8 saddr_v6[16]; offset:40; size:16; signed:0;} */
    private static final Pattern LINE =
            Pattern.compile("\\s*field:\\s*[^;]*?(\\w+)(?:\\[[^;\\]]*])?;\\s*offset:(\\d{1,6});\\s*size:(\\d{1,8});.*");

    /** One member; both numbers in bytes. */
    record Field(int offset, int size) {
        int end() {
            return offset + size;
        }
    }

    /**
     * @param of what it describes, for the error text
     * @param text lines of the file; those that describe no field are passed over
     */
    static Fields parse(String of, String text) {
        var all = new HashMap<String, Field>();
        text.lines().forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                all.put(parts.group(1), new Field(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3))));
            }
        });
        return new Fields(of, all);
    }

    Field get(String name) throws HostReadException {
        Field field = all.get(name);
        if (field == null) {
            throw Tracefs.unknown("this kernel describes " + of + " without '" + name + "'");
        }
        return field;
    }

    /** A field that must have that size. */
    Field get(String name, int size) throws HostReadException {
        Field field = get(name);
        if (field.size != size) {
            throw Tracefs.unknown(
                    "in this kernel '" + name + "' of " + of + " has " + field.size + " bytes, not " + size);
        }
        return field;
    }
}
