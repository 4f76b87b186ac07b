package dev.berth.linux.configured;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.ConfiguredServices;

/** Reads what a host is configured to run: one pass over the files of all known products, nothing kept. */
public final class ConfiguredServicesReader {
    private ConfiguredServicesReader() {}

    public static ConfiguredServices read(KernelFiles live) {
        var files = new ConfigurationFiles(live);
        UnitFiles units = UnitFiles.read(files);
        var found = new Found();
        for (Product product : Products.all()) {
            product.find(files, units, found);
        }
        return new ConfiguredServices(found.services(), files.gaps());
    }
}
