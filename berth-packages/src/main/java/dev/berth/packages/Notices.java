package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code NOTICES.txt}: the licence and the copyright of everything in a package, in the words of those who wrote it. */
final class Notices {
    private static final String RULE = "=".repeat(100) + "\n";

    private static final Pattern CELL = Pattern.compile(" *\\| *");
    private static final String APACHE = "Apache License 2.0: the last chapter of this file.";

    private final String apache;
    private final StringBuilder text = new StringBuilder();

    private Notices(String apache) {
        this.apache = apache;
    }

    /**
     * @param legal where the texts of Java are, as seen from the file
     */
    static String of(Path home, Release release, Pom berth, List<Library> libraries, JavaRuntime java, String legal)
            throws IOException, PackagingException {
        var notices = new Notices(Files.readString(home.resolve("LICENSE")));
        notices.say("Berth " + release.build() + ": whose work is in it, and under which licences\n");
        notices.chapter("Berth", APACHE);
        for (Library library : libraries) {
            if (!library.pom().group().equals(berth.group())) {
                notices.add(library);
            }
        }
        notices.chapter("Data in Berth", data(home));
        notices.addNetbase(legal);
        notices.add(java, legal);
        if (!java.microsoft().isEmpty()) {
            notices.addMicrosoft(java.microsoft());
        }
        notices.chapter("Apache License 2.0", notices.apache.stripTrailing());
        return notices.text.toString();
    }

    private void add(Library library) throws PackagingException {
        String title = library.pom().key() + " " + library.pom().version();
        if (!library.notices().isEmpty()) {
            chapter(
                    title,
                    library.notices().entrySet().stream()
                            .map(notice -> "-- " + notice.getKey() + "\n\n" + shortened(notice.getValue()))
                            .collect(Collectors.joining("\n\n")));
        } else if (Licence.id(library.licence()).equals("Apache-2.0")) {
            chapter(title, APACHE + " Its jar holds no notice.");
        } else {
            throw new PackagingException(
                    "no text of the licence of " + title,
                    library.licence() + " wants to be passed on, and the jar holds no text of it",
                    "put the text into the checkout, and have Notices take it from there");
        }
    }

    private String shortened(String notice) {
        return isApache(notice) ? APACHE : notice.strip();
    }

    private void addNetbase(String legal) throws IOException {
        chapter(
                "Debian's " + Netbase.NAME + " " + Netbase.VERSION + ", of which registered-ports.properties was made",
                """
                %s

                The text of that licence is in %s/java.base/LICENSE, before the exception, which is Java's alone.""".formatted(Netbase.notice(), legal));
    }

    private void add(JavaRuntime java, String legal) {
        var pieces = new StringBuilder();
        for (var piece : java.pieces()) {
            pieces.append("  ").append(piece.title()).append('\n');
            piece.licences()
                    .forEach(licence -> pieces.append("      ").append(licence).append('\n'));
        }
        chapter("OpenJDK " + java.version() + (java.vendor().isEmpty() ? "" : " of " + java.vendor()), """
                %s. The text of the licence and its exception, and those of all of the
                following, are in %s.%s

                %s""".formatted(
                        JavaRuntime.LICENCE,
                        legal,
                        java.sources().isEmpty() ? "" : "\nSource: " + java.sources(),
                        pieces.toString().stripTrailing()));
    }

    private void addMicrosoft(List<String> files) {
        chapter(MicrosoftRuntime.NAME, """
                Of %s, and neither Berth's nor OpenJDK's: libraries for programs in C and C++, in runtime/bin.
                They are handed on as whoever built this OpenJDK hands them on, unchanged, under
                %s.
                Those terms are not in this package: %s

                %s""".formatted(
                        MicrosoftRuntime.MAKER,
                        MicrosoftRuntime.LICENCE,
                        MicrosoftRuntime.TERMS,
                        "  " + String.join("\n  ", files)));
    }

    /** The table of what was taken from elsewhere, as the checkout has it. */
    static String data(Path home) throws IOException, PackagingException {
        Path page = home.resolve("docs/dependencies.md");
        try (Stream<String> lines = Files.lines(page)) {
            String data = lines.dropWhile(line -> !line.startsWith("| data in the program"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> CELL.split(line.replace("`", ""), -1))
                    .map(cells -> cells[1] + ":\n    " + cells[2])
                    .collect(Collectors.joining("\n"));
            if (data.isEmpty()) {
                throw new PackagingException(
                        "cannot tell which data of others is in Berth",
                        page + " has no table headed \"data in the program\"",
                        "give it one, or have Notices look for another heading");
            }
            return data;
        }
    }

    private boolean isApache(String notice) {
        return words(notice).equals(words(apache));
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private void chapter(String title, String content) {
        say("\n" + RULE + title + "\n" + RULE + "\n" + content + "\n");
    }

    private void say(String said) {
        text.append(said);
    }
}
