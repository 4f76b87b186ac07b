package dev.berth.windows.recording;

import dev.berth.net.IpAddress;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsErrorException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies of Windows as they are written down, and back. */
final class Replies {
    private Replies() {}

    static Fields of(ProcessEntry process) {
        Instant started = process.startedAt();
        return new Fields()
                .with("pid", process.pid())
                .with("parent", process.parent())
                .with("name", process.name())
                .with("path", process.path())
                .with("command", process.command())
                .with("user", process.user())
                .with("startedAt", started == null ? null : started.toString());
    }

    static ProcessEntry process(Fields fields) throws MalformedRecordingException {
        return new ProcessEntry(
                fields.count("pid"),
                fields.count("parent"),
                fields.text("name"),
                fields.optionalText("path"),
                fields.optionalText("command"),
                fields.optionalText("user"),
                instant(fields.optionalText("startedAt")));
    }

    private static @Nullable Instant instant(@Nullable String text) throws MalformedRecordingException {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedRecordingException("it has a process that started at no time");
        }
    }

    static Fields of(ServiceEntry service) {
        return new Fields()
                .with("name", service.name())
                .with("title", service.title())
                .with("pid", service.pid())
                .with("running", service.running());
    }

    static ServiceEntry service(Fields fields) throws MalformedRecordingException {
        return new ServiceEntry(fields.text("name"), fields.text("title"), fields.count("pid"), fields.flag("running"));
    }

    /** @param value null where there is none */
    static Fields of(@Nullable RegistryValue value) {
        var fields = new Fields();
        return switch (value) {
            case null -> fields;
            case RegistryValue.Dword(long number) -> fields.with("dword", number);
            case RegistryValue.Text(String text) -> fields.with("text", text);
            case RegistryValue.Lines(List<String> lines) -> fields.with("lines", lines);
            case RegistryValue.Other(int type, int bytes) ->
                fields.with("type", type).with("bytes", bytes);
        };
    }

    static @Nullable RegistryValue registryValue(Fields fields) throws MalformedRecordingException {
        if (fields.has("dword")) {
            return new RegistryValue.Dword(fields.number("dword"));
        } else if (fields.has("text")) {
            return new RegistryValue.Text(fields.text("text"));
        } else if (fields.has("lines")) {
            return new RegistryValue.Lines(fields.lines("lines"));
        }
        return fields.has("type") ? new RegistryValue.Other(fields.count("type"), fields.count("bytes")) : null;
    }

    static Fields of(IpAddress address) {
        return new Fields().with("address", address.toString());
    }

    static IpAddress address(Fields fields) throws MalformedRecordingException {
        return address(fields, "address");
    }

    /** Where a connection to an address would come from. */
    static Fields of(IpAddress destination, IpAddress source) {
        return new Fields().with("destination", destination.toString()).with("source", source.toString());
    }

    static IpAddress destination(Fields fields) throws MalformedRecordingException {
        return address(fields, "destination");
    }

    static IpAddress source(Fields fields) throws MalformedRecordingException {
        return address(fields, "source");
    }

    private static IpAddress address(Fields fields, String name) throws MalformedRecordingException {
        try {
            return IpAddress.parse(fields.text(name));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordingException("its " + name + " is no address");
        }
    }

    static Fields of(WindowsErrorException error) {
        return new Fields().with("call", error.call()).with("error", error.number());
    }

    static WindowsErrorException error(Fields fields) throws MalformedRecordingException {
        return new WindowsErrorException(fields.text("call"), fields.count("error"));
    }

    static Fields of(List<String> command, Tools.Run run) {
        var fields = new Fields().with("command", command);
        return switch (run) {
            case Tools.Run.Missing(String why) -> fields.with("missing", why);
            case Tools.Run.TooLate() -> fields;
            case Tools.Run.Ended(int exit, String output, String complaint) ->
                fields.with("exit", exit).with("output", output).with("complaint", complaint);
        };
    }

    static Tools.Run run(Fields fields) throws MalformedRecordingException {
        if (fields.has("missing")) {
            return new Tools.Run.Missing(fields.text("missing"));
        }
        return fields.has("exit")
                ? new Tools.Run.Ended(fields.count("exit"), fields.text("output"), fields.text("complaint"))
                : new Tools.Run.TooLate();
    }
}
