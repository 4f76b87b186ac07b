package dev.berth.remedy.plan;

import static dev.berth.remedy.json.JsonText.text;

import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.json.JsonObject;
import dev.berth.remedy.json.MalformedJsonException;
import tools.jackson.core.JsonGenerator;

/** A network namespace as plans and the journal have it, to be recognised later. */
public final class NamespaceJson {
    private NamespaceJson() {}

    /** Into the object that is open. */
    public static void write(JsonGenerator json, NetworkNamespace netns) {
        json.writeNumberProperty("inode", netns.inode());
        Long cookie = netns.cookie();
        text(json, "cookie", cookie == null ? null : Long.toUnsignedString(cookie)); // exceeds 2^53
        text(json, "name", netns.name());
    }

    public static NetworkNamespace read(JsonObject netns) throws MalformedJsonException {
        Long cookie = netns.textOrNull("cookie") == null ? null : netns.read("cookie", Long::parseUnsignedLong);
        return new NetworkNamespace(netns.number("inode"), netns.textOrNull("name")).withCookie(cookie);
    }
}
