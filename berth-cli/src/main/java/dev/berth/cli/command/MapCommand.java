package dev.berth.cli.command;

import dev.berth.cli.json.MapJson;
import dev.berth.cli.look.Chart;
import dev.berth.cli.screen.MapScreen;
import dev.berth.net.PortRange;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

final class MapCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "map",
                "the 65,535 ports as a picture: what is taken, reserved, free",
                "",
                0,
                0,
                List.of(),
                List.of(
                        OptionSpec.value("range", "A-B", "only these ports, and so finer"),
                        Commands.PROTOCOL,
                        OptionSpec.value("svg", "FILE", "draw it into this file instead; it must not exist"),
                        OptionSpec.value("png", "FILE", "the same as an image of pixels")),
                List.of(
                        new CommandSpec.Example("berth map", "where is room, and who is where?"),
                        new CommandSpec.Example("berth map --range 32768-60999", "a closer look at the dynamic range"),
                        new CommandSpec.Example("berth map --svg ports.svg --png ports.png", "pictures for a report")),
                List.of("0  always"));
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        PortRange asked = arguments.ports("range");
        PortRange range = asked == null ? PortRange.ALL : asked;
        try (var pictures = MapPictures.open(arguments)) {
            Chart chart;
            try (Progress _ = console.progress("reading the sockets")) {
                chart = Chart.of(console.host(), arguments.protocol(), range);
            }
            pictures.write(chart);
            if (console.json()) {
                try (OutputStream out = console.bytes()) {
                    MapJson.write(out, chart, pictures.names());
                }
            } else if (pictures.names().isEmpty()) {
                MapScreen.print(console.page(), chart);
            } else {
                MapScreen.written(console.page(), pictures.names(), chart.gaps());
            }
        }
        return ExitCode.OK;
    }
}
