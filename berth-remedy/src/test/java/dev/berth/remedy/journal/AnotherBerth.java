package dev.berth.remedy.journal;

import dev.berth.remedy.log.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Opens a journal from another process: {@code FOLDER try} says how that went, {@code FOLDER hold} keeps it until killed. */
final class AnotherBerth {
    private AnotherBerth() {}

    @SuppressWarnings("SystemOut") // it is all that the test sees of it
    public static void main(String[] args) throws IOException {
        try (Journal journal =
                Journal.open(Path.of(args[0]), Actor.here(Map.of(), "0"), InstantSource.system(), Duration.ZERO)) {
            System.out.println("OPEN " + journal.changes().size());
            if (args[1].equals("hold")) {
                System.in.read();
            }
        } catch (JournalException e) {
            System.out.println(e.kind() + " " + e.why());
        }
    }
}
