package dev.berth.cli.command;

import dev.berth.cli.json.PolicyJson;
import dev.berth.cli.screen.PolicyScreen;
import dev.berth.platform.HostReadException;
import dev.berth.platform.file.UnfinishedFile;
import dev.berth.remedy.policy.Draft;
import dev.berth.remedy.policy.DraftText;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.PolicyException;
import dev.berth.remedy.policy.PolicySchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drafts a policy from a host, checks one, or prints the schema of all. */
final class PolicyCommand implements Command {
    private static final String OUTPUT = "output";
    private static final List<String> ACTIONS = List.of("init", "check", "schema");

    static CommandSpec spec() {
        return new CommandSpec(
                "policy",
                "draft a policy from this host, check one, or print the schema",
                "init | check FILE | schema",
                1,
                2,
                ACTIONS,
                List.of(
                        new OptionSpec(OUTPUT, "o", "FILE", "with init: write it into this new file", List.of()),
                        OptionSpec.flag("force", "with init: replace the file")),
                List.of(
                        new CommandSpec.Example("berth policy init -o berth.yaml", "from what runs and is configured"),
                        new CommandSpec.Example("berth policy check berth.yaml", "every mistake, with its place"),
                        new CommandSpec.Example("berth policy schema", "for editors and other programs")),
                List.of("0  done; check: it is a policy"));
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        List<String> words = arguments.operands();
        String action = words.getFirst();
        if (!ACTIONS.contains(action) || words.size() != (action.equals("check") ? 2 : 1)) {
            throw Arguments.usage(
                    arguments.spec(),
                    "'" + String.join(" ", words) + "' is nothing that berth policy does",
                    "it takes init, check FILE or schema");
        }
        if (!action.equals("init") && (arguments.has(OUTPUT) || arguments.has("force"))) {
            throw Arguments.usage(arguments.spec(), "--output and --force go with init only", "nothing else writes");
        }
        return switch (action) {
            case "init" -> init(arguments, console);
            case "check" -> check(words.getLast(), console);
            default -> schema(console);
        };
    }

    private static int init(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        Path file = file(arguments);
        Draft draft;
        try (Progress _ = console.progress("looking at what runs and what is configured")) {
            draft = Draft.of(console.host());
        }
        String text = DraftText.of(draft);
        if (file != null) {
            write(file, text, arguments.has("force"));
        }
        if (console.json()) {
            PolicyJson.drafted(console.bytes(), draft, text, file == null ? null : file.toString());
        } else if (file == null) {
            write(console, text);
        } else {
            PolicyScreen.drafted(console.page(), draft, file.toString());
        }
        return ExitCode.OK;
    }

    private static @Nullable Path file(Arguments arguments) throws UsageException {
        if (!arguments.has(OUTPUT)) {
            return null;
        }
        return arguments.has("force")
                ? NewFile.orOld(arguments, OUTPUT)
                : NewFile.of(arguments, OUTPUT, "--force to replace it");
    }

    private static void write(Path file, String text, boolean replace) throws NotDoneException {
        try (var unfinished = UnfinishedFile.create(file)) {
            unfinished.out().write(text.getBytes(StandardCharsets.UTF_8));
            unfinished.finish(replace ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0]);
        } catch (IOException e) {
            throw NewFile.notWritten(file, e, ExitCode.OUTPUT_FAILED);
        }
    }

    private static int check(String name, Console console) throws UsageException, NotDoneException, IOException {
        Policy policy;
        try {
            policy = PolicyFile.faulty(name);
        } catch (PolicyException e) {
            if (!console.json()) {
                throw PolicyFile.told(e, console);
            }
            PolicyJson.faulty(console.bytes(), e);
            return ExitCode.USAGE;
        }
        if (console.json()) {
            PolicyJson.checked(console.bytes(), name, policy);
        } else {
            PolicyScreen.checked(console.page(), name, policy);
        }
        return ExitCode.OK;
    }

    private static int schema(Console console) throws IOException {
        write(console, PolicySchema.text());
        return ExitCode.OK;
    }

    private static void write(Console console, String text) throws IOException {
        try (var out = console.bytes()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
