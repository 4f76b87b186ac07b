package dev.berth.remedy.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Text that may be missing, written into the object that is open. */
public final class JsonText {
    private JsonText() {}

    /** Null where there is none. */
    public static void text(JsonGenerator json, String name, @Nullable String text) {
        if (text == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, text);
        }
    }
}
