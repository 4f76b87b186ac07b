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
 * Connections that came in and that this side closed first: their TIME_WAIT is on the listener's port and costs none of the
 * dynamic range.
 *
 * @param closes null where no timers are shown
 */
public record ServerSide(int port, int timeWait, @Nullable Rate closes) {
    /** Every listener's port that has any, with most first. */
    static List<ServerSide> of(Survey survey) {
        var all = new ArrayList<ServerSide>();
        Served served = survey.served();
        for (int number = 0; number < served.size(); number++) {
            all.add(new ServerSide(
                    served.port(number),
                    served.timeWait(number),
                    served.timed(number) == 0 ? null : served.lastMinute(number).rate(LastMinute.SECONDS)));
        }
        all.sort(Comparator.comparingInt(ServerSide::timeWait).reversed().thenComparingInt(ServerSide::port));
        return all;
    }
}
