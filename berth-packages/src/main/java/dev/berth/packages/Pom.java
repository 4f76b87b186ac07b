package dev.berth.packages;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a Maven project says of itself, without what its parent may add.
 *
 * @param needs what it runs with, as GROUP:NAME
 */
record Pom(String group, String name, String version, Optional<String> licence, Set<String> needs) {
    private static final Set<String> NOT_AT_RUN_TIME = Set.of("test", "provided", "system", "import");

    static Pom read(InputStream xml) throws IOException {
        Element project = parse(xml);
        Optional<Element> parent = child(project, "parent");
        return new Pom(
                own(project, parent, "groupId"),
                own(project, parent, "artifactId"),
                own(project, parent, "version"),
                child(project, "licenses")
                        .flatMap(licences -> child(licences, "license"))
                        .flatMap(licence -> text(licence, "name")),
                child(project, "dependencies").stream()
                        .flatMap(dependencies -> children(dependencies, "dependency"))
                        .filter(dependency -> !NOT_AT_RUN_TIME.contains(
                                text(dependency, "scope").orElse("compile")))
                        .map(dependency -> text(dependency, "groupId").orElse("") + ":"
                                + text(dependency, "artifactId").orElse(""))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    String key() {
        return group + ":" + name;
    }

    private static Element parse(InputStream xml) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(xml).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("cannot read a pom.xml: " + e.getMessage(), e);
        }
    }

    private static String own(Element project, Optional<Element> parent, String name) throws IOException {
        String value = text(project, name)
                .or(() -> parent.flatMap(there -> text(there, name)))
                .orElse("");
        if (value.isEmpty() || value.contains("${")) {
            throw new IOException("a pom.xml does not say its " + name + ", but '" + value + "'");
        }
        return value;
    }

    private static Optional<String> text(Element parent, String name) {
        return child(parent, name).map(Element::getTextContent).map(String::strip);
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent, name).findFirst();
    }

    private static Stream<Element> children(Element parent, String name) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .<Node>mapToObj(parent.getChildNodes()::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast);
    }
}
