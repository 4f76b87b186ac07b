package dev.berth.cli.command;

import dev.berth.cli.screen.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scripts that complete command lines; written from the same specs that parse them. */
final class CompletionCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

    static CommandSpec spec() {
        return new CommandSpec(
                "completion",
                "a completion script for a shell",
                "SHELL",
                1,
                1,
                SHELLS,
                List.of(),
                List.of(
                        new CommandSpec.Example("berth completion bash", "to be sourced from ~/.bashrc"),
                        new CommandSpec.Example("berth completion zsh", "to be saved as _berth in a folder of $fpath"),
                        new CommandSpec.Example(
                                "berth completion powershell", "to be added to the file that $PROFILE names")),
                List.of("0  done"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException {
        String shell = arguments.operands().getFirst();
        Page page = console.page();
        switch (shell) {
            case "bash" -> bash(page);
            case "zsh" -> zsh(page);
            case "fish" -> fish(page);
            case "powershell" -> powershell(page);
            default ->
                throw Arguments.usage(
                        arguments.spec(),
                        "no completion for '" + shell + "'",
                        "the shells are " + String.join(", ", SHELLS));
        }
        return ExitCode.OK;
    }

    private static void bash(Page page) {
        page.note("_berth() {");
        page.note("    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words");
        page.note("    case $previous in");
        page.note("        " + String.join("|", namingFiles()) + ")");
        page.note("            local IFS=$'\\n'");
        page.note("            COMPREPLY=($(compgen -f -- \"$current\")); compopt -o filenames; return ;;");
        choices()
                .forEach((option, values) -> page.note("        --" + option + ") COMPREPLY=($(compgen -W '"
                        + String.join(" ", values) + "' -- \"$current\")); return ;;"));
        page.note("    esac");
        page.note("    case $((COMP_CWORD > 1)):${COMP_WORDS[1]} in");
        for (String name : Commands.NAMES) {
            page.note("        1:" + name + ") words='" + words(name) + "' ;;");
        }
        page.note("        *) words='" + String.join(" ", Commands.NAMES) + "' ;;");
        page.note("    esac");
        page.note("    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))");
        page.note("    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace");
        page.note("    case $((COMP_CWORD > 1)):${COMP_WORDS[1]} in");
        page.note("        1:" + String.join("|1:", filesTakenBy()) + ")");
        page.note("            local IFS=$'\\n'");
        page.note(
                "            [[ $current == -* ]] || COMPREPLY+=($(compgen -f -- \"$current\")); compopt -o filenames ;;");
        page.note("    esac");
        page.note("}");
        page.note("complete -F _berth berth");
    }

    private static void zsh(Page page) {
        page.note("#compdef berth");
        page.note("_berth() {");
        page.note("    case ${words[CURRENT-1]} in");
        page.note("        " + String.join("|", namingFiles()) + ") _files; return ;;");
        choices()
                .forEach((option, values) ->
                        page.note("        --" + option + ") compadd -- " + String.join(" ", values) + "; return ;;"));
        page.note("    esac");
        page.note("    if (( CURRENT == 2 )); then");
        page.note("        local -a commands=(");
        for (String name : Commands.NAMES) {
            page.note("            '" + name + ":" + quoted(Commands.spec(name).summary()) + "'");
        }
        page.note("        )");
        page.note("        _describe command commands");
        page.note("        return");
        page.note("    fi");
        page.note("    case ${words[2]} in");
        for (String name : Commands.NAMES) {
            page.note("        " + name + ") compadd -- " + words(name)
                    + (Commands.spec(name).takesFiles() ? "; _files" : "") + " ;;");
        }
        page.note("    esac");
        page.note("}");
        page.note("compdef _berth berth");
    }

    private static void fish(Page page) {
        page.note("complete -c berth -f");
        for (String name : Commands.NAMES) {
            CommandSpec spec = Commands.spec(name);
            page.note("complete -c berth -n __fish_use_subcommand -a " + name + " -d '" + quoted(spec.summary()) + "'");
            for (OptionSpec option : spec.allOptions()) {
                page.note("complete -c berth -n '__fish_seen_subcommand_from " + name + "'" + fish(option));
            }
            if (spec.takesFiles()) {
                page.note("complete -c berth -n '__fish_seen_subcommand_from " + name + "' -F");
            }
            if (!spec.operandChoices().isEmpty()) {
                page.note("complete -c berth -n '__fish_seen_subcommand_from " + name + "' -a '"
                        + String.join(" ", spec.operandChoices()) + "'");
            }
        }
        for (OptionSpec option : Commands.spec("doctor").allOptions()) { // berth alone is the doctor
            page.note("complete -c berth -n __fish_use_subcommand" + fish(option));
        }
    }

    private static void powershell(Page page) {
        page.note("Register-ArgumentCompleter -Native -CommandName berth, berth.cmd -ScriptBlock {");
        page.note("    param($current, $line, $cursor)");
        page.note("    $before = @($line.CommandElements | ForEach-Object { $_.ToString() })");
        page.note("    if ($current) { $before = @($before | Select-Object -SkipLast 1) }");
        page.note("    $words = ''");
        page.note("    switch ($before[-1]) {");
        page.note("        { $_ -in '" + String.join("', '", namingFiles())
                + "' } { return } # a file: the shell completes it");
        choices()
                .forEach((option, values) ->
                        page.note("        '--" + option + "' { $words = '" + String.join(" ", values) + "' }"));
        page.note("    }");
        page.note("    if ($before.Count -gt 1 -and $before[1] -in '" + String.join("', '", filesTakenBy())
                + "' -and \"$current\" -notlike '-*') { return }");
        page.note("    if (-not $words) {");
        page.note("        $words = if ($before.Count -lt 2) { '" + String.join(" ", Commands.NAMES) + "' }");
        page.note("        else { switch ($before[1]) {");
        for (String name : Commands.NAMES) {
            page.note("            '" + name + "' { '" + words(name) + "' }");
        }
        page.note("        } }");
        page.note("    }");
        page.note("    -split $words | Where-Object { $_ -like \"$current*\" } | ForEach-Object {");
        page.note("        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)");
        page.note("    }");
        page.note("}");
    }

    private static String fish(OptionSpec option) {
        String letter = option.letter() == null ? "" : " -s " + option.letter();
        String value = "";
        if (!option.choices().isEmpty()) {
            value = " -x -a '" + String.join(" ", option.choices()) + "'";
        } else if (option.value() != null) {
            value = option.namesFile() ? " -r -F" : " -x";
        }
        return letter + " -l " + option.name() + value + " -d '" + quoted(option.description()) + "'";
    }

    private static String quoted(String text) {
        return text.replace("'", "’").replace(":", " -");
    }

    /** The options whose values are files, as they are typed. */
    private static List<String> namingFiles() {
        return Commands.NAMES.stream()
                .flatMap(name -> Commands.spec(name).allOptions().stream())
                .filter(OptionSpec::namesFile)
                .flatMap(option -> option.letter() == null
                        ? Stream.of("--" + option.name())
                        : Stream.of("--" + option.name(), "-" + option.letter()))
                .distinct()
                .toList();
    }

    /** The commands whose operands are files. */
    private static List<String> filesTakenBy() {
        return Commands.NAMES.stream()
                .filter(name -> Commands.spec(name).takesFiles())
                .toList();
    }

    private static String words(String name) {
        CommandSpec spec = Commands.spec(name);
        var words = new ArrayList<>(spec.operandChoices());
        for (OptionSpec option : spec.allOptions()) {
            words.add("--" + option.name());
        }
        return String.join(" ", words);
    }

    /** The values of options that take few, by the option's name; of an option that differs, those that every command takes. */
    private static Map<String, List<String>> choices() {
        var choices = new LinkedHashMap<String, List<String>>();
        for (String name : Commands.NAMES) {
            for (OptionSpec option : Commands.spec(name).allOptions()) {
                if (!option.choices().isEmpty()) {
                    choices.merge(
                            option.name(),
                            option.choices(),
                            (some, others) ->
                                    some.stream().filter(others::contains).toList());
                }
            }
        }
        return choices;
    }
}
