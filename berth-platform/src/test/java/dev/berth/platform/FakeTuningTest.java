package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.FakeTuning.Moment;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.Tunable.Assignment;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract too, or tests would lean on it in vain. */
class FakeTuningTest extends HostTuningContract {
    private final FakeTuning tuning = withDefaults(new FakeTuning());

    private static FakeTuning withDefaults(FakeTuning tuning) {
        return tuning.running(RANGE, "32768 60999").running(RESERVED, "").running(REUSE, "2");
    }

    @Override
    protected HostTuning tuning() {
        return tuning;
    }

    @Test
    void the_writer_can_be_killed_before_and_after_a_write() {
        for (Moment fatal : Moment.values()) {
            FakeTuning mortal = withDefaults(new FakeTuning((moment, _) -> {
                if (moment == fatal) {
                    throw new IllegalStateException("killed");
                }
                return null;
            }));

            assertThatThrownBy(() -> mortal.write(REUSE, Place.RUNNING, "1")).hasMessage("killed");

            assertThat(mortal.read(REUSE, Place.RUNNING))
                    .isEqualTo(new HostTuning.Reading.Value(fatal == Moment.AFTER ? "1" : "2"));
        }
    }

    @Test
    void a_restart_puts_in_force_what_the_last_file_assigns() throws Exception {
        set(REUSE, Place.RUNNING, "0");
        set(RANGE, Place.PERSISTENT, "20000 20999");
        tuning.after(RANGE, new Assignment("/etc/sysctl.d/zzz.conf", 1, "30000 30999"));
        String before = tuning.startId();

        tuning.restart();

        assertThat(text(REUSE, Place.RUNNING)).isEqualTo("2");
        assertThat(text(RANGE, Place.RUNNING)).isEqualTo("30000 30999");
        assertThat(tuning.startId()).isNotEqualTo(before);
    }
}
