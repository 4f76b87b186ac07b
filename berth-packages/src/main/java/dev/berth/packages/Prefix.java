package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is installed, below the folder that it is installed in ({@code /usr}, or that of the tarball):
 *
 * <pre>
 * bin/berth                    starts it
 * lib/berth                    the image
 * lib/systemd/system           units, none of them enabled
 * share/bash-completion, …     completions
 * share/man/man1               a page for each command
 * share/doc/berth              what it is made of, the pages for operators, and examples
 * </pre>
 */
final class Prefix {
    private static final Map<String, String> COMPLETIONS = Map.of(
            "bash", "share/bash-completion/completions/berth",
            "zsh", "share/zsh/vendor-completions/_berth",
            "fish", "share/fish/vendor_completions.d/berth.fish");

    private Prefix() {}

    /** Puts it together in {@code prefix}. */
    static void make(Path home, Path image, Path prefix) throws IOException, InterruptedException, PackagingException {
        Folder.fresh(prefix);
        Folder.copy(image, Files.createDirectories(prefix.resolve("lib")).resolve("berth"));
        Path launcher = place(home.resolve("berth-packages/src/main/linux/berth"), prefix.resolve("bin/berth"));
        for (var completion : COMPLETIONS.entrySet()) {
            String script = Tool.run(prefix, Map.of(), List.of(launcher.toString(), "completion", completion.getKey()));
            Path file = prefix.resolve(completion.getValue());
            Files.createDirectories(file.getParent());
            Files.writeString(file, script);
        }
        manual(launcher, prefix.resolve("share/man/man1"));
        place(
                home.resolve("deploy/systemd/berth-ensure.service"),
                prefix.resolve("lib/systemd/system/berth-ensure.service"));
        Path documents = prefix.resolve("share/doc/berth");
        place(home.resolve("LICENSE"), documents.resolve("LICENSE"));
        Folder.copy(home.resolve("deploy"), documents.resolve("examples"));
        Documents.place(home, documents, "examples");
        Folder.readableByAll(prefix);
    }

    private static void manual(Path launcher, Path pages) throws IOException, InterruptedException, PackagingException {
        Files.createDirectories(pages);
        Tool.run(pages, Map.of(), List.of(launcher.toString(), "man", "--into", pages.toString()));
        var zip = new ArrayList<>(List.of("gzip", "-9", "--no-name"));
        Folder.files(pages).forEach(page -> zip.add(page.toString()));
        Tool.run(pages, Map.of(), zip);
    }

    private static Path place(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        return Files.copy(from, to);
    }
}
