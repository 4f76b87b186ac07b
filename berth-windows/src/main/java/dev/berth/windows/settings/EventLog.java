package dev.berth.windows.settings;

import dev.berth.platform.Gap;
import dev.berth.platform.PortEvents;
import dev.berth.platform.PortEvents.Event;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsSystem;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What TCP/IP wrote into the System log when it ran out of ports: 4227 (an outgoing connection would have repeated one that
 * closed just before), 4231 (no dynamic port of TCP left), 4266 (none of UDP). The messages are translated, and name no
 * process; so the numbers are read, out of XML.
 */
public final class EventLog {
    private static final String PROGRAM = "wevtutil";
    private static final String SOURCE = "Tcpip";
    private static final Set<Integer> OUT_OF_PORTS = Set.of(4227, 4231, 4266);

    /** Newest first, so that the last of many are seen. */
    private static final List<String> QUERY = List.of(
            PROGRAM,
            "qe",
            "System",
            "/q:*[System[Provider[@Name='Tcpip'] and (EventID=4227 or EventID=4231 or EventID=4266)]]",
            "/c:100",
            "/rd:true",
            "/f:xml",
            "/e:Events");

    private EventLog() {}

    public static PortEvents read(Tools tools) {
        Reply<List<Event>> reply = Reply.of(tools.run(QUERY, WindowsSystem.PATIENCE), PROGRAM, EventLog::parse);
        return switch (reply) {
            case Reply.Read<List<Event>>(var events) -> new PortEvents(events, List.of());
            case Reply.Unread<List<Event>>(var why) ->
                new PortEvents(List.of(), List.of(new Gap("whether ports ran out before (System log)", why)));
        };
    }

    /**
     * @param output each byte a character of ISO-8859-1, of UTF-16 or of a code page whose ASCII part is enough
     * @return null where it is not such XML
     */
    static @Nullable List<Event> parse(String output) {
        var events = new ArrayList<Event>();
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(characters(output)));
            xml.nextTag();
            xml.require(XMLStreamReader.START_ELEMENT, null, "Events");
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("System")) {
                    Event event = event(xml);
                    if (event != null) {
                        events.add(event);
                    }
                }
            }
        } catch (XMLStreamException | DateTimeException | NumberFormatException e) {
            return null;
        }
        events.sort(Comparator.comparing(Event::at).reversed());
        return events;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** A record's System element; null where it is another's record. */
    private static @Nullable Event event(XMLStreamReader xml) throws XMLStreamException {
        String source = null;
        int id = 0;
        Instant at = null;
        while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
            switch (xml.getLocalName()) {
                case "Provider" -> source = xml.getAttributeValue(null, "Name");
                case "TimeCreated" -> at = Instant.parse(attribute(xml, "SystemTime"));
                case "EventID" -> id = Integer.parseInt(xml.getElementText().strip());
                default -> {}
            }
            skipToEnd(xml);
        }
        return SOURCE.equals(source) && OUT_OF_PORTS.contains(id) && at != null ? new Event(SOURCE, id, at) : null;
    }

    private static String attribute(XMLStreamReader xml, String name) throws XMLStreamException {
        String value = xml.getAttributeValue(null, name);
        if (value == null) {
            throw new XMLStreamException("no " + name);
        }
        return value;
    }

    private static void skipToEnd(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = xml.isStartElement() ? 1 : 0; depth > 0; ) {
            int next = xml.next();
            depth += next == XMLStreamReader.START_ELEMENT ? 1 : next == XMLStreamReader.END_ELEMENT ? -1 : 0;
        }
    }

    /** UTF-16 tells itself by its second byte: the first character is ASCII, or the mark of the byte order. */
    private static String characters(String output) {
        boolean utf16 = output.length() > 1 && (output.charAt(1) == 0 || output.startsWith("\u00ff\u00fe"));
        String text =
                utf16 ? new String(output.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_16LE) : output;
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
