package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Links of pages to files. */
final class Links {
    private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)[)#]");

    private Links() {}

    /** Those of all pages below {@code top} that lead to nothing there. */
    static List<String> broken(Path top) throws IOException {
        var broken = new ArrayList<String>();
        for (Path page : Folder.files(top)) {
            if (page.toString().endsWith(".md")) {
                for (String link : of(page)) {
                    Path target = page.resolveSibling(link).normalize();
                    if (!target.startsWith(top) || !Files.exists(target)) {
                        broken.add(top.relativize(page) + " -> " + link);
                    }
                }
            }
        }
        return broken;
    }

    private static List<String> of(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
    }
}
