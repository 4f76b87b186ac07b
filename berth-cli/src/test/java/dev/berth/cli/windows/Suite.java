package dev.berth.cli.windows;

import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs every test in a folder of classes, and says what did not pass: a line for each that was skipped, more for each that failed. */
final class Suite implements TestExecutionListener {
    private int passed;
    private int skipped;
    private int failed;

    /** @param arguments the folder, and optionally a pattern of class names */
    public static void main(String[] arguments) {
        var suite = new Suite();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                .filters(
                        TagFilter.excludeTags("long"),
                        ClassNameFilter.includeClassNamePatterns(arguments.length > 1 ? arguments[1] : ".*Test"))
                .configurationParameter(LauncherConstants.STACKTRACE_PRUNING_ENABLED_PROPERTY_NAME, "true")
                .build();
        LauncherFactory.create().execute(request, suite);
        System.out.printf("%d passed, %d skipped, %d failed%n", suite.passed, suite.skipped, suite.failed);
        System.out.flush();
        System.exit(suite.failed == 0 ? 0 : 1); // whatever threads a test left
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped++;
        System.out.println("skipped: " + name(test) + ": " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
            case ABORTED -> {
                skipped++;
                System.out.println("skipped: " + name(test) + ": "
                        + result.getThrowable().map(Throwable::getMessage).orElse(""));
            }
            case FAILED -> {
                failed++;
                System.out.println("FAILED: " + name(test));
                result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(System.out));
            }
        }
    }

    private static String name(TestIdentifier test) {
        return test.getUniqueId().replaceAll(".*\\[class:([\\w.$]+)]", "$1").replaceAll("/\\[|\\]|\\[", " ");
    }
}
