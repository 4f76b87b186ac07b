package dev.berth.platform;

import java.lang.module.ModuleFinder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Java that Berth runs on.
 *
 * @param name of its distribution, as in {@code Temurin}
 * @param vendor who built it
 * @param version with the build, as in {@code 25.0.3+9-LTS}
 * @param home its folder
 * @param own whether it is Berth's own, linked with it into one image or packed beside it, and not one of this host
 */
public record JavaRuntime(String name, String vendor, String version, String home, boolean own) {
    /** As in {@code Temurin-25.0.3+9} and {@code Zulu25.28+85-CA}. */
    private static final Pattern DISTRIBUTION = Pattern.compile("([A-Za-z]+)-?[0-9].*");

    /** The property that a package sets to {@code own} where its program is on the class path of its runtime. */
    private static final String PACKED = "berth.runtime";

    /** This one. */
    public static JavaRuntime here() {
        String vendor = System.getProperty("java.vendor", "unknown");
        Module module = JavaRuntime.class.getModule(); // its code source has no place in an AOT cache of JDK 25
        return new JavaRuntime(
                name(System.getProperty("java.vendor.version"), vendor),
                vendor,
                System.getProperty("java.runtime.version", "unknown"),
                System.getProperty("java.home", "unknown"),
                System.getProperty(PACKED, "").equals("own")
                        || module.isNamed()
                                && ModuleFinder.ofSystem()
                                        .find(module.getName())
                                        .isPresent());
    }

    /**
     * @param vendorVersion the property {@code java.vendor.version}, which Debian's and Oracle's have not
     */
    static String name(@Nullable String vendorVersion, String vendor) {
        Matcher matcher = DISTRIBUTION.matcher(vendorVersion == null ? "" : vendorVersion);
        return matcher.matches() ? matcher.group(1) : "Java of " + vendor;
    }
}
