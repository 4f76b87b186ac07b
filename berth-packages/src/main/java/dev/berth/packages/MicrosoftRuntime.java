package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Microsoft's runtime for C and C++, which builds of OpenJDK for Windows have in {@code bin}, for those hosts that lack it.
 *
 * @see <a href="https://learn.microsoft.com/en-us/cpp/windows/redistributing-visual-cpp-files">Redistributing Visual C++ files</a>
 */
final class MicrosoftRuntime {
    static final String NAME = "Microsoft Visual C++ and Universal C runtime";
    static final String MAKER = "Microsoft Corporation";
    static final String LICENCE =
            "Microsoft's license terms for distributable code of Visual Studio and the Windows SDK";
    static final String TERMS = "https://learn.microsoft.com/en-us/cpp/windows/redistributing-visual-cpp-files";

    private static final Pattern FILE =
            Pattern.compile("(msvcp140.*|vcruntime140.*|ucrtbase|api-ms-win-.*)\\.dll", Pattern.CASE_INSENSITIVE);

    private MicrosoftRuntime() {}

    /** The names of its files in that Java; none where this is no Java for Windows. */
    static List<String> files(Path java) throws IOException {
        try (Stream<Path> files = Files.list(java.resolve("bin"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> FILE.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }
}
