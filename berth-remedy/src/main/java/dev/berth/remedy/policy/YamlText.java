package dev.berth.remedy.policy;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 as nodes that know where they stand. Tags make no objects, and aliases no copies. */
final class YamlText {
    /** In characters: thousands of services fit. */
    static final int LONGEST = 1 << 20;

    private static final String SYNTAX = "it is not YAML 1.2";

    private YamlText() {}

    /** The one document of the text; empty where there is none. */
    static Optional<Node> compose(String text, String source) throws PolicyException {
        if (text.length() > LONGEST) {
            throw one(
                    source, 0, 0, "too long", "a policy has at most " + LONGEST + " characters", "name fewer services");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(LONGEST)
                .setSchema(new CoreSchema())
                .setUseMarks(true)
                .build();
        try {
            var reader = new StreamReader(settings, text);
            return new Composer(settings, new ShallowParser(new ParserImpl(settings, reader))).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw one(
                    source,
                    mark.map(at -> at.getLine() + 1).orElse(0),
                    mark.map(at -> at.getColumn() + 1).orElse(0),
                    firstLine(e.getProblem()),
                    SYNTAX,
                    "look at the indentation, and put text with : # [ ] { } , or & in quotes");
        } catch (ReaderException e) {
            throw before(text, e.getPosition(), source, e);
        } catch (YamlEngineException e) {
            throw one(source, 0, 0, firstLine(String.valueOf(e.getMessage())), SYNTAX, "docs/policy.md has examples");
        }
    }

    private static PolicyException before(String text, int position, String source, ReaderException e) {
        int end = text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length())));
        String before = text.substring(0, end);
        int line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
        int column = end - before.lastIndexOf('\n');
        return one(
                source,
                line,
                column,
                "character U+%04X cannot stand in a policy".formatted(e.getCodePoint()),
                "YAML has printable characters only",
                "remove it");
    }

    private static PolicyException one(String source, int line, int column, String what, String why, String next) {
        return new PolicyException(source, List.of(new Fault(line, column, what, why, next)));
    }

    private static String firstLine(String problem) {
        return problem.lines().findFirst().orElse("a mistake in the YAML");
    }
}
