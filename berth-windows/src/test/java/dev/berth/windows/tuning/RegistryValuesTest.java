package dev.berth.windows.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.windows.FakeWindows;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RegistryValuesTest {
    private static final String MOST = "registry.MaxUserPort";
    private static final String RESERVED = "registry.ReservedPorts";

    private static HostTuning with(String name, RegistryValue value) {
        return WindowsTuning.of(
                FakeWindows.builder().value(Registry.TCPIP, name, value).build());
    }

    private static HostTuning without() {
        return WindowsTuning.of(FakeWindows.builder().build());
    }

    @Test
    void a_number_is_set_and_taken_out_again() {
        HostTuning tuning = without();
        assertThat(tuning.read(MOST, Place.PERSISTENT)).isEqualTo(new Reading.Unset());

        assertThat(tuning.write(MOST, Place.PERSISTENT, "65534")).isEqualTo(new ActOutcome.Done());
        assertThat(tuning.read(MOST, Place.PERSISTENT)).isEqualTo(new Reading.Value("65534"));

        assertThat(tuning.write(MOST, Place.PERSISTENT, null)).isEqualTo(new ActOutcome.Done());
        assertThat(tuning.read(MOST, Place.PERSISTENT)).isEqualTo(new Reading.Unset());
    }

    @Test
    void what_is_not_there_may_be_taken_out() {
        assertThat(without().write(MOST, Place.PERSISTENT, null)).isEqualTo(new ActOutcome.Done());
    }

    @Test
    void lines_of_ranges_are_one_text() {
        HostTuning tuning = with("ReservedPorts", new RegistryValue.Lines(List.of("4000-4000", "1433-1434")));
        assertThat(tuning.read(RESERVED, Place.PERSISTENT)).isEqualTo(new Reading.Value("4000-4000,1433-1434"));

        tuning.write(RESERVED, Place.PERSISTENT, "5000-5010");

        assertThat(tuning.read(RESERVED, Place.PERSISTENT)).isEqualTo(new Reading.Value("5000-5010"));
    }

    @Test
    void what_is_of_another_type_is_not_known_and_not_overwritten() {
        HostTuning tuning = with("MaxUserPort", new RegistryValue.Text("65534"));

        Reading reading = tuning.read(MOST, Place.PERSISTENT);
        assertThat(reading)
                .isEqualTo(
                        new Reading.Unknown("HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\MaxUserPort"
                                + " is text, not a number, which Berth does not touch"));
        assertThat(tuning.write(MOST, Place.PERSISTENT, "65534")).isInstanceOf(ActOutcome.Failed.class);
        assertThat(tuning.write(MOST, Place.PERSISTENT, null)).isInstanceOf(ActOutcome.Failed.class);
        assertThat(tuning.read(MOST, Place.PERSISTENT)).isEqualTo(reading);
    }

    @Test
    void garbage_of_any_type_is_not_known() {
        for (RegistryValue garbage : List.of(
                new RegistryValue.Dword(7),
                new RegistryValue.Text("4000-4010"),
                new RegistryValue.Lines(List.of("4000")),
                new RegistryValue.Lines(List.of("4000-4010,5000-5010")),
                new RegistryValue.Other(3, 12))) {
            assertThat(with("ReservedPorts", garbage).read(RESERVED, Place.PERSISTENT))
                    .as(garbage.toString())
                    .isInstanceOf(Reading.Unknown.class);
        }
    }

    @Test
    void what_is_no_such_value_is_refused() {
        for (String text : List.of("", "-1", "4294967296", "0x10", "1,2")) {
            assertThat(without().write(MOST, Place.PERSISTENT, text)).as(text).isInstanceOf(ActOutcome.Failed.class);
        }
        for (String text : List.of("4000", "4000-4010,", "a-b")) {
            assertThat(without().write(RESERVED, Place.PERSISTENT, text))
                    .as(text)
                    .isInstanceOf(ActOutcome.Failed.class);
        }
    }

    @Test
    void where_a_value_is_kept_is_said() {
        assertThat(Objects.requireNonNull(without().persistence("registry.EnableExcludedPortRange"))
                        .file())
                .isEqualTo("HKLM\\SYSTEM\\CurrentControlSet\\Services\\hns\\State\\EnableExcludedPortRange");
    }
}
