package dev.berth.linux.configured;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tomcat's {@code server.xml}: a statement {@code Connector.port} or {@code Server.port} for each such element that has a
 * port, with its {@code address} before it. Not read as XML, so that no entity of it is ever followed.
 */
final class ServerXml {
    private static final Pattern REMARK = Pattern.compile("<!--.*?(?:-->|\\z)", Pattern.DOTALL);
    private static final Pattern ELEMENT = Pattern.compile("<(Server|Connector)\\b([^>]*)>");
    private static final Pattern PORT = Pattern.compile("\\bport\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern ADDRESS = Pattern.compile("\\baddress\\s*=\\s*[\"']([^\"']*)[\"']");

    private ServerXml() {}

    static List<Statement> parse(String file, String text) {
        var statements = new ArrayList<Statement>();
        String plain = REMARK.matcher(text).replaceAll(found -> "\n".repeat(newlines(found.group())));
        Matcher element = ELEMENT.matcher(plain);
        int line = 1;
        int counted = 0;
        while (element.find()) {
            line += newlines(plain.substring(counted, element.start()));
            counted = element.start();
            Matcher port = PORT.matcher(element.group(2));
            if (port.find()) {
                Matcher address = ADDRESS.matcher(element.group(2));
                String value = address.find() ? "[" + address.group(1) + "]:" + port.group(1) : port.group(1);
                statements.add(new Statement(file, line, element.group(1) + ".port", value));
            }
        }
        return statements;
    }

    private static int newlines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
