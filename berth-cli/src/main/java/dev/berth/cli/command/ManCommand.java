package dev.berth.cli.command;

import dev.berth.platform.file.UnfinishedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Manual pages, written from the same specs as the help. */
final class ManCommand implements Command {
    private static final String INTO = "into";

    static CommandSpec spec() {
        return new CommandSpec(
                "man",
                "a manual page, for man(1)",
                "[COMMAND]",
                0,
                1,
                Commands.NAMES,
                List.of(OptionSpec.value(
                        INTO, "FOLDER", "write files instead, such as berth-why.1; every page unless one is named")),
                List.of(
                        new CommandSpec.Example("berth man why", "of one command; | man -l - to read it"),
                        new CommandSpec.Example("berth man --into /usr/local/share/man/man1", "for man berth")),
                List.of("0  done"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, NotDoneException {
        List<String> words = arguments.operands();
        if (!words.isEmpty() && !Commands.NAMES.contains(words.getFirst())) {
            throw Commands.unknown(words.getFirst());
        }
        var asked = new ManPage(words.isEmpty() ? null : words.getFirst());
        if (arguments.has(INTO)) {
            write(words.isEmpty() ? ManPage.all() : List.of(asked), folder(arguments), console);
        } else {
            asked.text().lines().forEach(console.page()::note);
        }
        return ExitCode.OK;
    }

    private static Path folder(Arguments arguments) throws UsageException {
        Path folder = NewFile.orOld(arguments, INTO);
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && !Files.isDirectory(there)) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--" + INTO + " " + arguments.value(INTO) + " names no folder",
                    there + " is a file; it takes a folder, which is made where there is none");
        }
        return folder;
    }

    private static void write(List<ManPage> pages, Path folder, Console console)
            throws UsageException, NotDoneException {
        for (ManPage page : pages) { // before the first is written
            refuseForeign(folder.resolve(page.file()));
        }
        Path at = folder;
        try {
            Files.createDirectories(folder);
            for (ManPage page : pages) {
                at = folder.resolve(page.file());
                try (var unfinished = UnfinishedFile.createReadable(at)) {
                    unfinished.out().write(page.text().getBytes(StandardCharsets.UTF_8));
                    unfinished.finish(StandardCopyOption.ATOMIC_MOVE);
                }
                console.page().note(at.toString());
            }
        } catch (IOException e) {
            throw NewFile.notWritten(at, e, ExitCode.OUTPUT_FAILED);
        }
    }

    private static void refuseForeign(Path file) throws UsageException, NotDoneException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw foreign(file);
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String first = lines.readLine();
            if (first == null || !first.endsWith(ManPage.COMMENT)) {
                throw foreign(file);
            }
        } catch (IOException e) {
            throw NewFile.notWritten(file, e, ExitCode.OUTPUT_FAILED);
        }
    }

    private static UsageException foreign(Path file) {
        return new UsageException(
                file + " exists already", "berth man has not written it, and replaces only its own", "remove it first");
    }
}
