package dev.berth.cli.screen;

import dev.berth.net.PortSet;
import dev.berth.remedy.policy.Draft;
import dev.berth.remedy.policy.Policy;

/** What {@code berth policy} has drafted or checked. */
public final class PolicyScreen {
    private PolicyScreen() {}

    public static void drafted(Page page, Draft draft, String file) {
        long leftOut = draft.entries().stream()
                .filter(entry -> entry.leftOut() != null)
                .count();
        page.prose(
                0,
                "Written into " + Escaped.text(file) + ": " + amount(draft.policy())
                        + (leftOut == 0 ? "." : "; " + leftOut + " more in comments, each with why."));
        page.prose(0, "Read it, correct it, then: berth ensure " + Escaped.text(file) + " --check");
        page.gaps(draft.gaps());
    }

    public static void checked(Page page, String file, Policy policy) {
        page.prose(0, Escaped.text(file) + " is a policy: " + amount(policy) + ".");
    }

    private static String amount(Policy policy) {
        PortSet ports = policy.ports();
        int services = policy.services().size();
        return "%s with %s".formatted(count(services, "service"), count(ports.size(), "port"))
                + (policy.destinations().isEmpty()
                        ? ""
                        : ", " + count(policy.destinations().size(), "destination"));
    }

    private static String count(int number, String word) {
        return Figures.count(number) + " " + word + (number == 1 ? "" : "s");
    }
}
