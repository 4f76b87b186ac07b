/** Berth with all that it needs, as the one module of an image. */
module dev.berth {
    requires java.xml;
    requires jdk.httpserver;

    uses dev.berth.platform.HostProvider;

    provides dev.berth.platform.HostProvider with
            dev.berth.linux.LinuxProvider,
            dev.berth.windows.WindowsProvider;
}
