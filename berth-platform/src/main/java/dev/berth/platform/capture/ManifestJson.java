package dev.berth.platform.capture;

import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.NetworkNamespace;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The manifest as JSON, schema {@code berth.capture/1}. Fields it does not know are passed over. */
final class ManifestJson {
    static final String ENTRY = "manifest.json";
    static final String SCHEMA = "berth.capture/1";

    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable String schema;
    private @Nullable String berthVersion;
    private @Nullable String system;
    private @Nullable String release;
    private @Nullable String hostName;
    private @Nullable String readAt;
    private boolean privileged;
    private boolean bindsPrivilegedPorts; // older files do not say
    private boolean scrubbed;
    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            HostFacts facts = manifest.facts();
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("berthVersion", manifest.berthVersion());
            json.writeStringProperty("system", facts.system());
            json.writeStringProperty("release", facts.release());
            json.writeStringProperty("hostName", facts.hostName());
            json.writeStringProperty("readAt", facts.readAt().toString());
            json.writeBooleanProperty("privileged", facts.privileged());
            json.writeBooleanProperty("bindsPrivilegedPorts", facts.bindsPrivilegedPorts());
            json.writeBooleanProperty("scrubbed", manifest.scrubbed());
            json.writeArrayPropertyStart("namespaces");
            for (NetworkNamespace namespace : manifest.namespaces()) {
                json.writeStartObject();
                json.writeNumberProperty("inode", namespace.inode());
                if (namespace.name() != null) {
                    json.writeStringProperty("name", namespace.name());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("gaps");
            for (Gap gap : manifest.gaps()) {
                json.writeStartObject();
                json.writeStringProperty("what", gap.what());
                json.writeStringProperty("why", gap.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static Manifest read(byte[] text) throws MalformedManifestException {
        var manifest = new ManifestJson();
        try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedManifestException("its manifest is not an object");
            }
            manifest.readFields(json);
        } catch (JacksonException e) {
            throw new MalformedManifestException("its manifest is not JSON");
        }
        return manifest.build();
    }

    private void readFields(JsonParser json) throws MalformedManifestException {
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            JsonToken value = json.nextToken();
            switch (field) {
                case "schema" -> schema = string(json);
                case "berthVersion" -> berthVersion = string(json);
                case "system" -> system = string(json);
                case "release" -> release = string(json);
                case "hostName" -> hostName = string(json);
                case "readAt" -> readAt = string(json);
                case "privileged" -> privileged = value == JsonToken.VALUE_TRUE;
                case "bindsPrivilegedPorts" -> bindsPrivilegedPorts = value == JsonToken.VALUE_TRUE;
                case "scrubbed" -> scrubbed = value == JsonToken.VALUE_TRUE;
                case "namespaces" -> readNamespaces(json);
                case "gaps" -> readGaps(json);
                default -> json.skipChildren();
            }
        }
    }

    private void readNamespaces(JsonParser json) throws MalformedManifestException {
        requireArray(json);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            long inode = 0;
            String name = null;
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                JsonToken value = json.nextToken();
                if (field.equals("inode") && value == JsonToken.VALUE_NUMBER_INT) {
                    inode = json.getLongValue();
                } else if (field.equals("name")) {
                    name = string(json);
                } else {
                    json.skipChildren();
                }
            }
            namespaces.add(new NetworkNamespace(inode, name));
        }
    }

    private void readGaps(JsonParser json) throws MalformedManifestException {
        requireArray(json);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String what = "";
            String why = "";
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                json.nextToken();
                switch (field) {
                    case "what" -> what = string(json);
                    case "why" -> why = string(json);
                    default -> json.skipChildren();
                }
            }
            gaps.add(new Gap(what, why));
        }
    }

    private static void requireArray(JsonParser json) throws MalformedManifestException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new MalformedManifestException("its manifest has something else where a list belongs");
        }
    }

    private static String string(JsonParser json) throws MalformedManifestException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new MalformedManifestException("its manifest has something else where text belongs");
        }
        return json.getString();
    }

    private Manifest build() throws MalformedManifestException {
        if (!SCHEMA.equals(schema)) {
            throw new MalformedManifestException(
                    "its format is " + schema + ", and this version of berth reads " + SCHEMA);
        }
        if (berthVersion == null || system == null || release == null || hostName == null || readAt == null) {
            throw new MalformedManifestException("its manifest does not say which host it is of");
        }
        try {
            var facts = new HostFacts(
                    system, release, hostName, Instant.parse(readAt), privileged, true, bindsPrivilegedPorts);
            return new Manifest(berthVersion, facts, scrubbed, namespaces, gaps);
        } catch (DateTimeException e) {
            throw new MalformedManifestException("its manifest has no readable time");
        }
    }
}
