package dev.berth.cli;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schemas that are published beside the documents. */
public final class Schemas {
    private Schemas() {}

    /** How {@code document} departs from what its command promises. */
    public static List<Error> errors(String command, String document) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../docs/json/" + command + ".schema.json")))
                .validate(document, InputFormat.JSON);
    }
}
