package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that an operator reads: those of {@code docs} but for what is there for those who make Berth. */
final class Documents {
    private static final Set<String> OF_MAKERS = Set.of("dependencies.md", "lab.md", "performance.md", "release.md");
    private static final List<String> FOLDERS = List.of("", "findings", "json");
    private static final Pattern KIND = Pattern.compile(".*\\.(md|json|svg)");

    private static final Pattern LINK = Pattern.compile("(!?)\\[([^]]*)]\\(([^)\\s:#]+)(#[^)\\s]*)?\\)");
    private static final String EXAMPLES = "../deploy/";

    private Documents() {}

    /**
     * Puts them into {@code top/docs}. What a page says of a file that is not below {@code top} stays, without the link.
     *
     * @param home the checkout
     * @param examples where below {@code top} the files of {@code deploy} are, already: {@code deploy}, or another name
     */
    static void place(Path home, Path top, String examples) throws IOException {
        Path docs = top.resolve("docs");
        for (String folder : FOLDERS) {
            Path to = Files.createDirectories(docs.resolve(folder));
            try (Stream<Path> pages = Files.list(home.resolve("docs").resolve(folder))) {
                for (Path page : pages.filter(Documents::isForOperators).toList()) {
                    Files.copy(page, to.resolve(page.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (Path page : Folder.files(docs)) {
            relink(page, top, examples);
        }
        Path readme = top.resolve(examples).resolve("README.md");
        if (Files.exists(readme)) {
            relink(readme, top, examples);
        }
    }

    private static boolean isForOperators(Path file) {
        String name = file.getFileName().toString();
        return KIND.matcher(name).matches() && !OF_MAKERS.contains(name);
    }

    private static void relink(Path page, Path top, String examples) throws IOException {
        if (page.toString().endsWith(".md")) {
            String relinked = LINK.matcher(Files.readString(page))
                    .replaceAll(link -> Matcher.quoteReplacement(relinked(link, page, top, examples)));
            Files.writeString(page, relinked);
        }
    }

    private static String relinked(MatchResult link, Path page, Path top, String examples) {
        String place = link.group(3).replace(EXAMPLES, "../" + examples + "/");
        Path target = page.resolveSibling(place).normalize();
        if (!target.startsWith(top.normalize()) || !Files.exists(target)) {
            return link.group(2);
        }
        String anchor = link.group(4) == null ? "" : link.group(4);
        return link.group(1) + "[" + link.group(2) + "](" + place + anchor + ")";
    }
}
