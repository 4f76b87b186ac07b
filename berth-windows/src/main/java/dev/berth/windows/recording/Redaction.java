package dev.berth.windows.recording;

import dev.berth.net.IpAddress;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;

/** What may be written down of a reply. */
interface Redaction {
    /** The table without it; the same array where there is nothing to take out. */
    default byte[] table(SocketTable table, byte[] reply) {
        return reply;
    }

    ProcessEntry process(ProcessEntry process);

    default ServiceEntry service(ServiceEntry service) {
        return service;
    }

    default Tools.Run run(Tools.Run run) {
        return run;
    }

    default IpAddress address(IpAddress address) {
        return address;
    }

    default String hostName(String name) {
        return name;
    }
}
