package dev.berth.cli.command;

import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.plan.PlanFile;
import dev.berth.remedy.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A plan that is given to be carried out: in a file, or on standard input. */
final class PlanInput {
    private PlanInput() {}

    static PlanFile of(Arguments arguments, Console console) throws UsageException {
        String name = arguments.operands().getFirst();
        try {
            return PlanReader.read(bytes(name, console));
        } catch (MalformedJsonException e) {
            throw unusable(name, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw unusable(name, "there is no such file");
        } catch (IOException | InvalidPathException e) {
            throw unusable(name, String.valueOf(e.getMessage()));
        }
    }

    private static UsageException unusable(String name, String why) {
        return new UsageException(
                "cannot carry out the plan " + (name.equals("-") ? "on standard input" : name),
                why,
                "make one: berth plan COMMAND… -o FILE");
    }

    private static byte[] bytes(String name, Console console) throws IOException {
        if (name.equals("-")) {
            return console.input().readNBytes(PlanReader.LARGEST_BYTES + 1);
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return in.readNBytes(PlanReader.LARGEST_BYTES + 1);
        }
    }
}
