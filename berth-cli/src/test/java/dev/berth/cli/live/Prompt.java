package dev.berth.cli.live;

import dev.berth.cli.Berth;
import dev.berth.cli.command.Surroundings;
import dev.berth.platform.Hosts;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Runs command lines of Berth, one after another, in a process that is slow to start. */
final class Prompt {
    static final String BETWEEN = "\t";

    private Prompt() {}

    /** Reads lines of words; writes a line for each: the exit code, the output, and what was said on standard error. */
    @SuppressWarnings("SystemOut") // who started it reads that
    public static void main(String[] arguments) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            int code = Berth.run(
                    line.split(BETWEEN, -1),
                    new Surroundings(InputStream.nullInputStream(), out, err, System.getenv(), Hosts.here()));
            Base64.Encoder letters = Base64.getEncoder();
            System.out.println(code
                    + BETWEEN
                    + letters.encodeToString(out.toByteArray())
                    + BETWEEN
                    + letters.encodeToString(err.toByteArray()));
        }
    }
}
