package dev.berth.cli.command;

import dev.berth.cli.look.Chart;
import dev.berth.cli.picture.PngPicture;
import dev.berth.cli.picture.SvgPicture;
import dev.berth.platform.file.UnfinishedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pictures that {@code --svg} and {@code --png} ask for. None is put in its place before all are whole. */
final class MapPictures implements AutoCloseable {
    private interface Format {
        void write(OutputStream out, Chart chart) throws IOException;
    }

    private record Picture(Path file, Format format, UnfinishedFile unfinished) {}

    private final List<Picture> pictures = new ArrayList<>();

    private MapPictures() {}

    /** Opens them, so that a place that cannot be written to is known before anything is looked at. */
    static MapPictures open(Arguments arguments) throws UsageException, NotDoneException, IOException {
        var all = new MapPictures();
        try {
            all.open(arguments, "svg", SvgPicture::write);
            all.open(arguments, "png", PngPicture::write);
        } catch (UsageException | NotDoneException e) {
            all.close();
            throw e;
        }
        return all;
    }

    private void open(Arguments arguments, String option, Format format) throws UsageException, NotDoneException {
        if (!arguments.has(option)) {
            return;
        }
        Path file = NewFile.of(arguments, option);
        for (Picture other : pictures) {
            if (normal(other.file).equals(normal(file))) {
                throw Arguments.usage(
                        arguments.spec(), "both pictures would be " + file, "each format takes a file of its own");
            }
        }
        try {
            pictures.add(new Picture(file, format, UnfinishedFile.create(file)));
        } catch (IOException e) {
            throw NewFile.notWritten(file, e, ExitCode.USAGE);
        }
    }

    private static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** As they were named. */
    List<String> names() {
        return pictures.stream().map(picture -> picture.file.toString()).toList();
    }

    void write(Chart chart) throws NotDoneException {
        for (Picture picture : pictures) {
            try (var out = new BufferedOutputStream(picture.unfinished.out())) {
                picture.format.write(out, chart);
            } catch (IOException e) {
                throw NewFile.notWritten(picture.file, e, ExitCode.OUTPUT_FAILED);
            }
        }
        for (Picture picture : pictures) {
            try {
                picture.unfinished.finish();
            } catch (IOException e) {
                throw NewFile.notWritten(picture.file, e, ExitCode.OUTPUT_FAILED);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Picture picture : pictures) {
            picture.unfinished.close();
        }
    }
}
