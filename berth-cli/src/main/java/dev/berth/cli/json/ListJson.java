package dev.berth.cli.json;

import dev.berth.cli.look.Listing;
import dev.berth.cli.screen.ListScreen.OwnerFilter;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketColumns;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** {@code berth.list/1}. */
public final class ListJson {
    private ListJson() {}

    public static void write(OutputStream out, Listing listing, OwnerFilter filter) {
        try (var document = new Document(out, "list")) {
            document.json().writeArrayPropertyStart("sockets");
            for (Listing.Table table : listing.tables()) {
                var row = table.sockets().cursor();
                for (int i = 0; i < table.order().size(); i++) {
                    row.moveTo(table.order().row(i));
                    row(document, row, listing, table, filter);
                }
            }
            document.json().writeEndArray();
            document.end(listing.gaps());
        }
    }

    private static void row(
            Document document, SocketColumns.Cursor row, Listing listing, Listing.Table table, OwnerFilter filter) {
        JsonGenerator json = document.json();
        int pid = listing.owners().firstPidOf(row.inode());
        ProcessInfo process = pid == 0 ? null : listing.process(pid);
        if (!filter.keeps(pid, process)) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("protocol", row.protocol().label());
        json.writeStringProperty("state", row.state().name());
        document.endpoint("local", row.local());
        document.endpoint("remote", row.remotePort() == 0 ? null : row.remote());
        Owner owner = listing.owners().of(row.inode());
        document.process(process, listing.whyNobodyHolds(row.inode()));
        if (owner instanceof Owner.Held held && held.pids().size() > 1) {
            json.writeArrayPropertyStart("alsoHeldBy");
            for (int other : held.pids()) {
                if (other != pid) {
                    json.writeNumber(other);
                }
            }
            json.writeEndArray();
        }
        document.netns(table.namespace());
        document.expires(row.expiresInMillis() < 0 ? null : row.expiresInMillis());
        document.inode(row.inode(), table.namespace());
        json.writeEndObject();
    }
}
