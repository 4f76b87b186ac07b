package dev.berth.packages;

import java.util.List;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.license.Expression;
import org.cyclonedx.util.LicenseResolver;

/** Licences, by the names that SPDX has for them where it has one. */
final class Licence {
    private Licence() {}

    /** The SPDX id of what is named so, by a name or a URL; empty where it has none. */
    static String id(String named) {
        List<License> found = licences(LicenseResolver.resolve(named.replaceFirst("\\.txt$", ""), false));
        return found.isEmpty() || found.getFirst().getId() == null
                ? ""
                : found.getFirst().getId();
    }

    /** One or several of them, all of which hold. */
    static LicenseChoice choice(List<String> named) {
        var choice = new LicenseChoice();
        for (String name : named) {
            var licence = new License();
            String id = id(name);
            if (id.isEmpty()) {
                licence.setName(name);
            } else {
                licence.setId(id);
            }
            choice.addLicense(licence);
        }
        return choice;
    }

    static LicenseChoice expression(String spdx) {
        var choice = new LicenseChoice();
        choice.setExpression(new Expression(spdx));
        return choice;
    }

    private static List<License> licences(LicenseChoice choice) {
        return choice == null || choice.getLicenses() == null ? List.of() : choice.getLicenses();
    }
}
