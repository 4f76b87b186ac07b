package dev.berth.cli.json;

import dev.berth.diagnosis.connect.ConnectExplanation;
import dev.berth.diagnosis.connect.ConnectSpace;
import dev.berth.diagnosis.connect.LocalPort;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.net.TcpState;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.why/1} as a client. */
public final class ConnectJson {
    private ConnectJson() {}

    /**
     * @param name what the destination was called, or null where it was given as an address
     */
    public static void write(OutputStream out, ConnectExplanation why, @Nullable String name) {
        try (var document = new Document(out, "why")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("as", "client");
            document.endpoint("destination", why.destination());
            document.text("name", name);
            json.writeStringProperty("verdict", why.verdict().label());
            document.truth("connectable", why.connectable());
            json.writeStringProperty("sourceFrom", why.sourceFrom().label());
            json.writeArrayPropertyStart("spaces");
            why.spaces().forEach(space -> space(document, space));
            json.writeEndArray();
            document.range("dynamic", why.dynamic());
            json.writeNumberProperty("reservedPorts", why.reserved());
            json.writeNumberProperty("ownedPorts", why.owned());
            document.number("tcpTwReuse", why.tcpTwReuse());
            localPort(document, why.localPort());
            json.writeStringProperty("clause", why.clause());
            WhyJson.fixes(document, why.fixes());
            document.end(why.gaps());
        }
    }

    private static void localPort(Document document, @Nullable LocalPort localPort) {
        JsonGenerator json = document.json();
        if (localPort == null) {
            json.writeNullProperty("localPort");
            return;
        }
        json.writeObjectPropertyStart("localPort");
        json.writeNumberProperty("port", localPort.port());
        json.writeArrayPropertyStart("attempts");
        for (LocalPort.Attempt attempt : localPort.attempts()) {
            json.writeStartObject();
            json.writeBooleanProperty("reuseAddress", attempt.reuseAddress());
            json.writeStringProperty("outcome", attempt.outcome().label());
            document.text("failingCall", attempt.failingCall());
            document.text("error", attempt.error());
            document.text("clause", attempt.clause());
            json.writeEndObject();
        }
        json.writeEndArray();
        document.holders(localPort.sockets());
        json.writeEndObject();
    }

    private static void space(Document document, ConnectSpace space) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        document.text("source", space.source() == null ? null : space.source().toString());
        json.writeNumberProperty("inUse", space.inUse());
        document.number("capacity", space.capacity());
        document.number("left", space.left());
        document.number("preferredHalfUsedPercent", space.preferredHalfUsedPercent());
        json.writeObjectPropertyStart("counts");
        for (TcpState state : TcpState.values()) {
            if (state != TcpState.LISTEN && state != TcpState.BOUND) {
                json.writeNumberProperty(state.name(), space.count(state));
            }
        }
        json.writeEndObject();
        json.writeNumberProperty("recyclable", space.recyclable());
        if (space.nextExpiryMillis() == null) {
            json.writeNullProperty("nextExpiresInSeconds");
        } else {
            json.writeNumberProperty("nextExpiresInSeconds", space.nextExpiryMillis() / 1000.0);
        }
        json.writeNumberProperty("expiringWithin10Seconds", space.expiringSoon());
        json.writeArrayPropertyStart("processes");
        for (Destination.Share share : space.processes()) {
            json.writeStartObject();
            document.processFields(share.process());
            json.writeNumberProperty("connections", share.connections());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
