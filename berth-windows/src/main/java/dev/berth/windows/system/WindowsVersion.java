package dev.berth.windows.system;

/**
 * @param number major, minor and build, such as {@code 10.0.20348}: RtlGetVersion tells the truth to every program
 * @param elevated whether this process may change the machine
 */
public record WindowsVersion(String number, String hostName, boolean elevated) {}
