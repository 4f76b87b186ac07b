package dev.berth.windows.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import dev.berth.net.IpAddress;
import dev.berth.platform.capture.AddressPseudonyms;
import dev.berth.platform.capture.Pseudonyms;
import dev.berth.platform.capture.WrittenAddresses;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/**
 * Pseudonyms for addresses, users, their domains and the host; of paths and command lines, only the program. Ports, states, numbers,
 * and the names of programs and services stay but for the host's in them, and so do the accounts that are Windows' own. Whom it was
 * shown to run a process, it recognises in any text. For one thread.
 */
final class Scrub implements Redaction {
    private static final String WINDOWS_OWN = "NT "; // NT AUTHORITY and NT SERVICE

    /** Where an event says who it is from, and what it is about: MS-EVEN6, section 2.2.13. */
    private static final Pattern COMPUTER = Pattern.compile("(?s)(?<=<Computer>).*?(?=</Computer>)");

    private static final Pattern PERSONAL =
            Pattern.compile("(?s)<Security\\b[^>]*>|<(EventData|UserData|RenderingInfo)\\b.*?</\\1>");

    private final Pseudonyms pseudonyms = new Pseudonyms();
    private final AddressPseudonyms addresses = new AddressPseudonyms(pseudonyms);
    private final WrittenAddresses written = new WrittenAddresses(addresses::of);
    private final Names hosts = new Names(pseudonyms);
    private final Names all = new Names(pseudonyms);

    /** @param hostName so that it is recognised elsewhere */
    Scrub(String hostName) {
        hosts.host(hostName);
        all.host(hostName);
    }

    @Override
    public byte[] table(SocketTable table, byte[] reply) {
        return TableAddresses.replaced(table, reply, addresses::of);
    }

    @Override
    public ProcessEntry process(ProcessEntry process) {
        String path = process.path();
        String user = process.user();
        String name = hosts.replaced(process.name());
        return new ProcessEntry(
                process.pid(),
                process.parent(),
                name,
                path == null ? null : hosts.replaced(path.substring(path.lastIndexOf('\\') + 1)),
                process.command() == null ? null : name,
                user == null || user.startsWith(WINDOWS_OWN) ? user : all.account(user),
                process.startedAt());
    }

    @Override
    public ServiceEntry service(ServiceEntry service) {
        return new ServiceEntry(
                hosts.replaced(service.name()), all.replaced(service.title()), service.pid(), service.running());
    }

    @Override
    public Tools.Run run(Tools.Run run) {
        return run instanceof Tools.Run.Ended(int exit, String output, String complaint)
                ? new Tools.Run.Ended(exit, withoutPeople(output), withoutPeople(complaint))
                : run;
    }

    /** Programs print in a code page that nobody knows, or in UTF-16; the characters given are bytes. */
    private String withoutPeople(String printed) {
        Charset charset = printed.indexOf('\0') >= 0 ? UTF_16LE : ISO_8859_1;
        String text = new String(printed.getBytes(ISO_8859_1), charset);
        text = COMPUTER.matcher(text).replaceAll(found -> hostName(found.group()));
        text = PERSONAL.matcher(text).replaceAll("");
        return new String(all.replaced(written.replaced(text)).getBytes(charset), ISO_8859_1);
    }

    @Override
    public IpAddress address(IpAddress address) {
        return addresses.of(address);
    }

    @Override
    public String hostName(String name) {
        return all.host(name);
    }
}
