package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.diagnosis.forecast.Rate;
import dev.berth.diagnosis.survey.Served;
import dev.berth.diagnosis.survey.Survey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections that came in and that this side closed first: their TIME_WAIT is on the server's port and costs none other of
 * the dynamic range.
 *
 * @param listening whether the server is still there
 * @param closes null where no timers are shown
 */
public record ServerSide(
        int port, boolean listening, int timeWait, @Nullable Rate closes) {
    /** Every server's port that has any, with most first. */
    static List<ServerSide> of(Survey survey) {
        var all = new ArrayList<ServerSide>();
        addAll(survey.served(), true, all);
        addAll(survey.servedFormerly(), false, all);
        all.sort(Comparator.comparingInt(ServerSide::timeWait).reversed().thenComparingInt(ServerSide::port));
        return all;
    }

    private static void addAll(Served served, boolean listening, List<ServerSide> all) {
        for (int number = 0; number < served.size(); number++) {
            if (served.timeWait(number) > 0) { // a server that has gone may have left open connections only
                all.add(new ServerSide(
                        served.port(number),
                        listening,
                        served.timeWait(number),
                        served.timed(number) == 0
                                ? null
                                : served.lastMinute(number).rate(LastMinute.SECONDS)));
            }
        }
    }
}
