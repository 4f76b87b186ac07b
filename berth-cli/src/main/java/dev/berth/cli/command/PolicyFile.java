package dev.berth.cli.command;

import dev.berth.remedy.policy.Fault;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.PolicyException;
import dev.berth.remedy.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The policy that a command line names. */
final class PolicyFile {
    private PolicyFile() {}

    /** Reads it; where it has mistakes, each is told on standard error. */
    static Policy read(String name, Console console) throws UsageException, NotDoneException, IOException {
        try {
            return faulty(name);
        } catch (PolicyException e) {
            throw told(e, console);
        }
    }

    /** Reads it, and leaves its mistakes to the caller. */
    static Policy faulty(String name) throws PolicyException, UsageException, NotDoneException {
        try {
            Path file = Path.of(name);
            if (Files.isDirectory(file)) { // Windows denies access to one, as to a file that belongs to others
                throw new UsageException("cannot read " + name, "it is a directory", "name the file of a policy");
            }
            return PolicyReader.read(file);
        } catch (InvalidPathException | NoSuchFileException e) {
            if (name.equals("-")) {
                throw new UsageException(
                        "- names no policy",
                        "a policy is read from a file, never from standard input",
                        "name its file");
            }
            throw new UsageException("cannot read " + name, "there is no such file", "berth policy init -o " + name);
        } catch (AccessDeniedException e) {
            throw new NotDoneException(
                    ExitCode.NOT_PERMITTED, "cannot read " + name, "this user may not read it", "run as its owner");
        } catch (IOException e) {
            throw new UsageException(
                    "cannot read " + name, String.valueOf(e.getMessage()), "name the file of a policy");
        }
    }

    /** One mistake is an error like any other; of several each has its line first. */
    static UsageException told(PolicyException e, Console console) throws IOException {
        Fault first = e.faults().getFirst();
        if (e.faults().size() == 1) {
            return new UsageException(first.in(e.source()), first.why(), first.next());
        }
        for (Fault fault : e.faults()) {
            console.warn("%s (%s; %s)".formatted(fault.in(e.source()), fault.why(), fault.next()));
        }
        return new UsageException(
                "%s has %d mistakes".formatted(e.source(), e.faults().size()),
                "each is named above",
                "correct them; docs/policy.md tells what may stand there");
    }
}
