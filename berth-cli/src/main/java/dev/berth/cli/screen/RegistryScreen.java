package dev.berth.cli.screen;

import dev.berth.diagnosis.RegistryKnowledge;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.RegistryRules;

/** The values of the Windows registry that advice about ports names, and what each is documented for. */
public final class RegistryScreen {
    private static final int INDENT = 4;

    private RegistryScreen() {}

    /** @param release the version of Windows */
    public static void print(Page page, Settings settings, String release) {
        for (String name : RegistryRules.NAMES) {
            RegistryKnowledge known = RegistryKnowledge.of(name, release);
            if (known != null) {
                value(page, known, settings);
            }
        }
        page.gaps(settings.gaps());
    }

    private static void value(Page page, RegistryKnowledge known, Settings settings) {
        Tunable tunable = settings.tunables().get(WindowsSetting.registry(known.name()));
        Tunable.Assignment its = tunable == null ? null : tunable.persistent();
        page.prose(
                0,
                page.ink().bold(known.name())
                        + (its == null
                                ? "  not set (then " + known.usual() + ")"
                                : " = " + Escaped.text(its.value()) + "  (" + Escaped.text(its.source()) + ")"));
        String objection = its == null ? null : known.objection(its.value());
        if (objection != null) {
            page.prose(INDENT, page.ink().yellow(Escaped.text(objection)));
        }
        page.prose(INDENT, known.sets());
        page.prose(INDENT, RegistryRules.standing(known));
    }
}
