package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.FreeLine;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.WindowsReservation;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.Endpoint;
import dev.berth.net.FourTuple;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client drew the port it was calling and is now connected to itself, in the way of the server.
 *
 * @param process null where the owner is not known
 */
record SelfConnect(Endpoint endpoint, @Nullable ProcessInfo process) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        for (Survey.Sighting socket : host.survey().selfConnects()) {
            found.accept(new SelfConnect(socket.local(), host.processes().firstHolding(socket.inode())));
        }
    }

    @Override
    public String id() {
        return "self-connect";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public String title() {
        return "%s is connected to itself on %s".formatted(Words.who(process), endpoint);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "Both ends of the connection are %s: a client drew the port it was calling.".formatted(endpoint),
                "The server of port %d cannot bind it while the connection lives.".formatted(endpoint.port()));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        FreeLine line = FreeLine.of(endpoint, settings);
        var fixes = new ArrayList<Fix>();
        PortRange port = PortRange.of(endpoint.port());
        if (settings.ofWindows()) {
            fixes.add(WindowsReservation.ofHeld(port, Protocol.TCP, null));
        } else {
            fixes.addAll(Reservation.of(PortSet.of(port), settings));
        }
        if (!settings.ofWindows() || endpoint.address().isV4()) {
            fixes.add(EndHolder.destroy(line, new FourTuple(endpoint, endpoint)));
        }
        if (process != null) {
            fixes.addAll(EndHolder.stop(line, process));
        }
        return fixes;
    }
}
