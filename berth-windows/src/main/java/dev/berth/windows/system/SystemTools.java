package dev.berth.windows.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.berth.platform.program.ProgramOutput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs of the system folder of this Windows, by their full path: what the PATH offers is not asked. */
final class SystemTools implements Tools {
    private static final int MOST_MIB = 64;
    private static final int MOST_COMPLAINT = 64 * 1024;

    private final List<Path> folders;

    /** @param folder such as {@code C:\Windows\System32} */
    SystemTools(Path folder) {
        folders = List.of(folder, folder.resolve("WindowsPowerShell\\v1.0"));
    }

    @Override
    public Run run(List<String> command, Duration limit) {
        String name = command.getFirst();
        Path program = find(name);
        if (program == null) {
            return new Run.Missing("there is no " + name + ".exe in " + folders.getFirst());
        }
        var words = new ArrayList<>(command);
        words.set(0, program.toString());
        try {
            return run(
                    name,
                    new ProcessBuilder(words).redirectInput(new File("NUL")).start(),
                    limit);
        } catch (IOException e) {
            return new Run.Missing(name + " does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Run.TooLate();
        }
    }

    private static Run run(String name, Process running, Duration limit) throws InterruptedException {
        try {
            var output = new ProgramOutput(running.getInputStream(), MOST_MIB * 1024 * 1024);
            var complaint = new ProgramOutput(running.getErrorStream(), MOST_COMPLAINT);
            if (!running.waitFor(limit)) {
                return new Run.TooLate();
            }
            output.finish();
            complaint.finish();
            return output.isCut()
                    ? new Run.Missing(name + " prints more than Berth reads: " + MOST_MIB + " MiB")
                    : new Run.Ended(running.exitValue(), output.text(ISO_8859_1), complaint.text(ISO_8859_1));
        } finally {
            running.destroyForcibly();
        }
    }

    private @Nullable Path find(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name + ".exe"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }
}
