package dev.berth.windows.wine;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes on the virtual machine it is started on, as {@link Wine#java} does: ends with 0 when all of them pass. */
public final class WindowsTests {
    private WindowsTests() {}

    /** @param classes their names */
    public static void main(String[] classes) {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(classes)
                                        .map(name -> selectClass(name))
                                        .toList())
                                .configurationParameter(
                                        LauncherConstants.STACKTRACE_PRUNING_ENABLED_PROPERTY_NAME, "true")
                                .build(),
                        listener);
        var summary = listener.getSummary();
        System.out.printf(
                "%d tests passed, %d failed, %d skipped%n",
                summary.getTestsSucceededCount(),
                summary.getTotalFailureCount(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount());
        summary.getFailures().forEach(failure -> {
            System.out.println(failure.getTestIdentifier().getDisplayName());
            failure.getException().printStackTrace(System.out);
        });
        System.exit(summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0 ? 0 : 1);
    }
}
