package dev.berth.cli.json;

import dev.berth.diagnosis.Holder;
import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.platform.Gap;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketFlags;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;

/** One JSON document being written: its schema first, its gaps last, and between them the shapes all documents share. */
final class Document implements AutoCloseable {
    private final JsonGenerator json;

    /**
     * @param command what {@code berth.<command>/1} is called after
     */
    Document(OutputStream out, String command) {
        this(out, command, null);
    }

    /**
     * @param escapes which letters are escaped besides those that JSON asks for; null for none
     */
    Document(OutputStream out, String command, @Nullable CharacterEscapes escapes) {
        var factory = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET);
        if (escapes != null) {
            factory.characterEscapes(escapes);
        }
        json = factory.build().createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        schema(command);
    }

    /** Which document the object that is open is. */
    void schema(String command) {
        json.writeStringProperty("schema", "berth." + command + "/1");
    }

    JsonGenerator json() {
        return json;
    }

    void end(List<Gap> gaps) {
        gaps(gaps);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    void gaps(List<Gap> gaps) {
        json.writeArrayPropertyStart("gaps");
        for (Gap gap : gaps) {
            json.writeStartObject();
            json.writeStringProperty("what", gap.what());
            json.writeStringProperty("why", gap.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void endpoint(String name, @Nullable Endpoint endpoint) {
        if (endpoint == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("address", endpoint.address().toString());
        json.writeNumberProperty("port", endpoint.port());
        json.writeEndObject();
    }

    void range(String name, @Nullable PortRange range) {
        if (range == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        ends(range);
        json.writeEndObject();
    }

    /** The two ends of a range, into the object that is open. */
    void ends(PortRange range) {
        json.writeNumberProperty("first", range.first());
        json.writeNumberProperty("last", range.last());
    }

    void text(String name, @Nullable String text) {
        if (text == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, text);
        }
    }

    void truth(String name, @Nullable Boolean truth) {
        if (truth == null) {
            json.writeNullProperty(name);
        } else {
            json.writeBooleanProperty(name, truth);
        }
    }

    void number(String name, @Nullable Integer number) {
        if (number == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, number);
        }
    }

    /** A number to one hundredth: what is measured in samples is no more exact. */
    void number(String name, @Nullable Double number) {
        if (number == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, Math.round(number * 100) / 100.0);
        }
    }

    void process(@Nullable ProcessInfo process, Owner.@Nullable Reason noProcess) {
        if (process == null) {
            json.writeNullProperty("process");
        } else {
            json.writeName("process");
            process(process);
        }
        if (noProcess != null) {
            json.writeStringProperty("noProcess", noProcess.label());
        }
    }

    void process(ProcessInfo process) {
        json.writeStartObject();
        processFields(process);
        json.writeEndObject();
    }

    /** What is known of a process, into the object that is open. */
    void processFields(ProcessInfo process) {
        json.writeNumberProperty("pid", process.pid());
        json.writeStringProperty("name", process.name());
        text("command", process.command());
        text("user", process.user());
        text(
                "startedAt",
                process.startedAt() == null ? null : process.startedAt().toString());
        text("unit", process.unit());
        text("container", process.container());
    }

    void netns(NetworkNamespace netns) {
        json.writeObjectPropertyStart("netns");
        json.writeNumberProperty("inode", netns.inode());
        text("name", netns.name());
        json.writeEndObject();
    }

    void expires(@Nullable Integer millis) {
        if (millis == null) {
            json.writeNullProperty("expiresInSeconds");
        } else {
            json.writeNumberProperty("expiresInSeconds", millis / 1000.0);
        }
    }

    /** Windows has none: a system with one network stack. */
    void inode(long inode, NetworkNamespace netns) {
        if (netns.isOnly()) {
            return;
        }
        if (inode == 0) {
            json.writeNullProperty("inode");
        } else {
            json.writeNumberProperty("inode", inode);
        }
    }

    void holders(List<Holder> holders) {
        holders("holders", holders);
    }

    void holders(String name, List<Holder> holders) {
        json.writeArrayPropertyStart(name);
        for (Holder holder : holders) {
            json.writeStartObject();
            json.writeStringProperty("cause", holder.cause().label());
            json.writeStringProperty("state", holder.state().name());
            endpoint("local", holder.local());
            endpoint("remote", holder.remote());
            process(holder.process(), holder.noProcess());
            netns(holder.netns());
            expires(holder.expiresInMillis());
            inode(holder.inode(), holder.netns());
            json.writeBooleanProperty("accepted", holder.accepted());
            flags(holder.flags());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void flags(@Nullable SocketFlags flags) {
        switch (flags) {
            case null -> {}
            case SocketFlags.Read read -> {
                json.writeObjectPropertyStart("flags");
                json.writeBooleanProperty("reuseAddress", read.reuseAddress());
                json.writeBooleanProperty("reusePort", read.reusePort());
                json.writeBooleanProperty("v6Only", read.v6Only());
                json.writeEndObject();
            }
            case SocketFlags.Unknown unknown -> {
                json.writeNullProperty("flags");
                json.writeStringProperty("noFlags", unknown.why());
            }
        }
    }

    @Override
    public void close() {
        json.close();
    }
}
