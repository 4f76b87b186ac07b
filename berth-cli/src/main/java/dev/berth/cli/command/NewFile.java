package dev.berth.cli.command;

import dev.berth.platform.file.UnfinishedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that a command is asked to write: Berth replaces none. */
final class NewFile {
    private NewFile() {}

    /** The file that the option names, which was given. */
    static Path of(Arguments arguments, String option) throws UsageException {
        return of(arguments, option, "remove it first");
    }

    /** @param instead what to do about one that is there */
    static Path of(Arguments arguments, String option, String instead) throws UsageException {
        Path file = orOld(arguments, option);
        if (Files.isDirectory(file)) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--" + option + " " + arguments.value(option) + " names a directory",
                    "it takes the name of a file, which may be in there");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(
                    arguments.value(option) + " exists already",
                    "berth replaces no file unasked",
                    "give another name, or " + instead);
        }
        return file;
    }

    /** The same, where what is there may be replaced. */
    static Path orOld(Arguments arguments, String option) throws UsageException {
        String name = String.valueOf(arguments.value(option));
        if (name.equals("-")) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--" + option + " - names no file",
                    "berth writes it into a file, never to standard output");
        }
        Path file;
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            throw Arguments.usage(
                    arguments.spec(), "--" + option + " " + name + " names no file", String.valueOf(e.getReason()));
        }
        return file;
    }

    /** @param code the exit code where it is not a matter of permission */
    static NotDoneException notWritten(Path file, IOException e, int code) {
        return new NotDoneException(
                e instanceof AccessDeniedException ? ExitCode.NOT_PERMITTED : code,
                "cannot write " + file,
                e instanceof FileAlreadyExistsException ? "it exists by now" : UnfinishedFile.reason(e),
                "name a file in a directory that you may write to, with room for it");
    }
}
