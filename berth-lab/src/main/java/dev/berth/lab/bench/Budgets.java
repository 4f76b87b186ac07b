package dev.berth.lab.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is required of Berth beside the others, and what would be better still: scene, pair of commands, both bounds. */
final class Budgets {
    private static final Map<String, Map<Pair, Budget>> RATIOS = new LinkedHashMap<>();
    private static final Map<String, Map<String, Budget>> PEAK_MEBIBYTES = new LinkedHashMap<>();

    static {
        ratio("quiet", "berth who 1", "hello world", 2.5, 1.6);

        ratio("typical", "berth list", "lsof -nPiTCP", 1.0, 0.75);
        ratio("typical", "berth list", "OSHI", 0.35, 0.25);

        ratio("established-190k", "berth doctor --no-owners", "ss -tan", 0.65, 0.5);
        ratio("established-190k", "berth doctor --no-owners", "floor", 1.6, 1.2);
        ratio("established-190k", "berth doctor", "lsof -nPiTCP", 0.3, 0.2);
        ratio("established-190k", "berth doctor", "OSHI", 0.4, 0.3);
        ratio("established-190k", "berth list --no-owners", "ss -tan", 0.8, 0.6);
        ratio("established-190k", "berth list", "OSHI", 0.4, 0.25);
        ratio("established-190k", "berth list", "psutil", 0.3, 0.2);
        ratio("established-190k", "berth list", "lsof -nPiTCP", 0.3, 0.18);
        ratio("established-190k", "berth list", "ss -tanp", 0.06, 0.035);
        ratio("established-190k", "berth who 905", "ss -tlnp", 0.3, 0.15);
        ratio("established-190k", "berth who 905", "lsof -nPiTCP:905 -sTCP:LISTEN", 0.12, 0.05);
        peak("established-190k", "berth list --no-owners", 75, 50);

        ratio("time-wait-500k", "berth doctor --no-owners", "ss -tan", 0.45, 0.3);
        peak("time-wait-500k", "berth doctor --no-owners", 48, 40);
    }

    /** Those of which no scene tells. */
    static final List<Unchecked> ELSEWHERE = List.of(new Unchecked(
            "failures", "throughput lost ≤ 8 %, events lost 0", "bench/failures.py measures it, and not this bench"));

    private Budgets() {}

    private static void ratio(String scene, String top, String bottom, double required, double stretch) {
        RATIOS.computeIfAbsent(scene, _ -> new LinkedHashMap<>())
                .put(new Pair(top, bottom), Budget.atMost(required, stretch));
    }

    private static void peak(String scene, String command, double required, double stretch) {
        PEAK_MEBIBYTES
                .computeIfAbsent(scene, _ -> new LinkedHashMap<>())
                .put(command, Budget.atMost(required, stretch));
    }

    static Set<String> scenes() {
        return RATIOS.keySet();
    }

    static @Nullable Budget of(String scene, Pair pair) {
        return ratios(scene).get(pair);
    }

    static Map<Pair, Budget> ratios(String scene) {
        return RATIOS.getOrDefault(scene, Map.of());
    }

    static Map<String, Budget> peaks(String scene) {
        return PEAK_MEBIBYTES.getOrDefault(scene, Map.of());
    }
}
