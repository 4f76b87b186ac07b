package dev.berth.cli.command;

import dev.berth.cli.json.ListJson;
import dev.berth.cli.look.Listing;
import dev.berth.cli.screen.ListScreen;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

final class ListCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "list",
                "the sockets of this host with their owners",
                "[FILTER…]",
                0,
                CommandSpec.ANY_NUMBER,
                List.of("state=", "port=", "local=", "remote=", "pid=", "process=", "unit=", "netns=", "protocol="),
                List.of(Commands.NO_OWNERS),
                List.of(
                        new CommandSpec.Example("berth list state=LISTEN", "all listeners"),
                        new CommandSpec.Example("berth list port=8000-8999 process=java", "filters are joined by AND")),
                List.of("0  always"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        ListFilter filter = ListFilter.parse(arguments.operands());
        if (filter.asksForOwners() && arguments.has("no-owners")) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--no-owners leaves nothing to filter by",
                    "pid, process and unit are known of owners only");
        }
        Listing listing;
        try (Progress _ = console.progress("reading the sockets")) {
            String netns = filter.netns();
            List<HostNetwork> hosts = netns == null || arguments.has("netns")
                    ? console.hosts()
                    : console.hosts(NamespaceChoice.parse(netns));
            listing = Listing.of(hosts, filter.query(), filter::keepsRow, !arguments.has("no-owners"), console.json());
        }
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                ListJson.write(out, listing, filter::keepsOwner);
            }
        } else {
            new ListScreen(console.page(), listing, filter::keepsOwner).print(console::drain);
        }
        return ExitCode.OK;
    }
}
