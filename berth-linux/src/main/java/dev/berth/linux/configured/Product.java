package dev.berth.linux.configured;

/** A program that is known to listen on ports, and where its configuration says which. */
interface Product {
    void find(ConfigurationFiles files, UnitFiles units, Found found);
}
