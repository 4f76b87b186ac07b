package dev.berth.cli;

import dev.berth.cli.command.Surroundings;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.HostNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a command line did. */
record Ran(int code, String out, String err) {
    static Ran on(HostNetwork host, String... args) {
        return on(FakeHostProvider.of(host), Map.of(), args);
    }

    static Ran on(FakeHostProvider provider, Map<String, String> environment, String... args) {
        return typing("", provider, environment, args);
    }

    /** With {@code typed} on standard input. */
    static Ran typing(String typed, FakeHostProvider provider, Map<String, String> environment, String... args) {
        var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Berth.run(args, new Surroundings(in, out, err, environment, provider));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
