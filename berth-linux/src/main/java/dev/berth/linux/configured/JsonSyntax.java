package dev.berth.linux.configured;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/** JSON, as far as it reads: keys are joined by dots, and an item of a list has its list's key. */
final class JsonSyntax {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build();

    private JsonSyntax() {}

    static List<Statement> parse(String file, String text) {
        var statements = new ArrayList<Statement>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token; (token = parser.nextToken()) != null; ) {
                if (token.isScalarValue()) {
                    statements.add(new Statement(
                            file,
                            parser.currentTokenLocation().getLineNr(),
                            path(parser.streamReadContext()),
                            parser.getString()));
                }
            }
        } catch (JacksonException e) {
            return statements; // what stands before the damage
        }
        return statements;
    }

    private static String path(TokenStreamContext place) {
        var path = new StringBuilder();
        for (TokenStreamContext at = place; at != null; at = at.getParent()) {
            if (at.currentName() != null && at.inObject()) {
                path.insert(0, at.currentName() + (path.isEmpty() ? "" : "."));
            }
        }
        return path.toString();
    }
}
