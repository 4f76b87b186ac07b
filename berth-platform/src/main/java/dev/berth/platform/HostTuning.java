package dev.berth.platform;

import dev.berth.platform.Tunable.Assignment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and sets single settings of one host, in one network namespace. What is in force and what the next start will put in
 * force are separate facts, each with its own value. Settings have the names of {@link Tunable}. It writes what it is told to:
 * merging, asking and taking back are the caller's. Safe for use by several threads.
 *
 * <p>On Windows the names are those of {@link WindowsSetting}, and a setting has one place only: what netsh makes persistent is
 * in force at once.
 */
public interface HostTuning {
    /** The file that is Berth's own on Linux: its name sorts late, as the last assignment wins. */
    String OWN_FILE = "/etc/sysctl.d/zz-berth.conf";

    /** Where a setting has a value. */
    enum Place {
        /** In force now, and gone with the next start. */
        RUNNING("running"),
        /** In the file that is Berth's own, or in a store of Windows that is, and in force from the next start on. */
        PERSISTENT("persistent");

        private final String label;

        Place(String label) {
            this.label = label;
        }

        /** The word for it in documents. */
        public String label() {
            return label;
        }
    }

    /** What was read of one setting in one place. */
    sealed interface Reading {
        /** Its text, with one blank where there were several or a tab, and none around it; it may be empty. */
        record Value(String text) implements Reading {}

        /** It has no value there: this kernel has no such setting, or Berth's file does not assign it. */
        record Unset() implements Reading {}

        /** It could not be read. */
        record Unknown(String why) implements Reading {}
    }

    /**
     * What the configuration files assign to a setting beside Berth's own.
     *
     * @param file Berth's own, whether it is there or not
     * @param before assignments that Berth's own beats, in the order in which the next start applies them
     * @param after assignments that beat Berth's own
     */
    record Persistence(String file, List<Assignment> before, List<Assignment> after) {
        public Persistence {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** Of a host whose settings cannot be changed, such as a recording. */
    static HostTuning none(String why) {
        return new HostTuning() {
            @Override
            public Reading read(String setting, Place place) {
                return new Reading.Unknown(why);
            }

            @Override
            public ActOutcome write(String setting, Place place, @Nullable String text) {
                return new ActOutcome.NotOnThisSystem(why);
            }

            @Override
            public @Nullable ActOutcome obstacle(String setting, Place place) {
                return new ActOutcome.NotOnThisSystem(why);
            }

            @Override
            public @Nullable Persistence persistence(String setting) {
                return null;
            }

            @Override
            public String startId() {
                return "";
            }
        };
    }

    /** Asks the system itself, now. */
    Reading read(String setting, Place place);

    /**
     * Sets a setting, whole, and does not read it back. A list of ports that only grows does so without letting go of any; a
     * long one that loses some is for a moment the beginning of itself, and stays so where the writer is killed.
     *
     * @param text the value; null takes it out of Berth's file, and is refused for what runs
     */
    ActOutcome write(String setting, Place place, @Nullable String text);

    /** Why a write there cannot succeed, as far as can be told without writing; null where nothing is in the way. */
    @Nullable
    ActOutcome obstacle(String setting, Place place);

    /** What other files say of it; null where files say nothing about this namespace or cannot be read. */
    @Nullable
    Persistence persistence(String setting);

    /** What whoever writes there should know beforehand, though nothing is in the way: a sentence; null where there is nothing. */
    default @Nullable String caveat(Place place) {
        return null;
    }

    /**
     * The services of Windows that run and need this one to, whether themselves or through another: each has to be stopped before
     * it is, in this order. None on other systems.
     *
     * @param service its name
     */
    default List<String> dependents(String service) throws HostReadException {
        return List.of();
    }

    /** Names this run of the system: another value after each restart. Empty where the system does not tell. */
    String startId();

    /** {@link NetworkNamespace#cookie} of the namespace whose settings these are; null where it cannot be had. */
    default @Nullable Long cookie() {
        return null;
    }
}
