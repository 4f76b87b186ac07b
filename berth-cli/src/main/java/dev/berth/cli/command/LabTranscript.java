package dev.berth.cli.command;

import dev.berth.cli.screen.LabMarkdown;
import dev.berth.lab.Outcome;
import dev.berth.lab.Scenario;
import dev.berth.lab.Told;
import dev.berth.platform.file.UnfinishedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The page that {@code --transcript} asks for, and the pictures beside it. Nothing is put in its place before all is told. */
final class LabTranscript implements AutoCloseable {
    private final Path page;
    private final UnfinishedFile unfinishedPage;
    private final LabMarkdown markdown;
    private final List<Told.Drawn> pictures = new ArrayList<>();

    /** Opens it, so that a place that cannot be written to is known before anything is staged. */
    LabTranscript(Arguments arguments, Scenario scenario) throws UsageException, NotDoneException {
        page = NewFile.of(arguments, "transcript");
        String pictures = stem(page) + "-";
        requireNoPictures(pictures);
        markdown = new LabMarkdown(scenario.name(), scenario.summary(), system(), pictures);
        try {
            unfinishedPage = UnfinishedFile.createReadable(page);
        } catch (IOException e) {
            throw NewFile.notWritten(page, e, ExitCode.USAGE);
        }
    }

    /** With the bare release, as in {@code 6.1.0} of {@code 6.1.0-13-amd64}: who built the kernel is no part of what was told. */
    private static String system() {
        String release = System.getProperty("os.version").replaceFirst("(?<=[0-9])[^0-9.].*", "");
        return System.getProperty("os.name") + " " + release;
    }

    /** As in {@code cliff} of {@code cliff.md}: what its pictures are named after. */
    private static String stem(Path page) {
        return String.valueOf(page.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
    }

    /** Which pictures there will be is known at the end only, when the run would be lost. */
    private void requireNoPictures(String pictures) throws UsageException, NotDoneException {
        Path folder = page.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return; // which fails as it is opened
        }
        try (DirectoryStream<Path> there =
                Files.newDirectoryStream(folder, file -> isPicture(String.valueOf(file.getFileName()), pictures))) {
            for (Path picture : there) {
                throw new UsageException(
                        picture.getFileName() + " exists already beside " + page,
                        "a picture of the transcript may have that name, and berth replaces no file unasked",
                        "give another name, or remove it first");
            }
        } catch (IOException e) {
            throw NewFile.notWritten(page, e, ExitCode.USAGE);
        }
    }

    private static boolean isPicture(String name, String pictures) {
        return name.startsWith(pictures) && name.endsWith(".svg");
    }

    void tell(Told told) {
        markdown.tell(told);
        if (told instanceof Told.Drawn drawn) {
            pictures.add(drawn);
        }
    }

    /** Puts all of it in its place, the page last. @return the files */
    List<Path> finish(Outcome outcome) throws NotDoneException {
        markdown.end(outcome);
        var files = new ArrayList<Path>();
        for (Told.Drawn drawn : pictures) {
            Path file = page.resolveSibling(markdown.pictureFile(drawn));
            try (UnfinishedFile picture = UnfinishedFile.createReadable(file)) {
                finish(picture, drawn.svg());
            } catch (IOException e) {
                throw NewFile.notWritten(file, e, ExitCode.OUTPUT_FAILED);
            }
            files.add(file);
        }
        try {
            finish(unfinishedPage, markdown.toString());
        } catch (IOException e) {
            throw NewFile.notWritten(page, e, ExitCode.OUTPUT_FAILED);
        }
        files.add(page);
        return files;
    }

    private static void finish(UnfinishedFile file, String text) throws IOException {
        file.out().write(text.getBytes(StandardCharsets.UTF_8));
        file.finish();
    }

    @Override
    public void close() throws IOException {
        unfinishedPage.close();
    }
}
