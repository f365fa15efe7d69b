package dev.quorate.inputs.maven;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the flat records of Maven's settings and POMs; no document types, no entities. */
final class Xml {
    private static final int DEEPEST = 64;

    private Xml() {}

    /**
     * The text children of each element at a path.
     *
     * @param path element names from the root, {@code settings/mirrors/mirror}
     */
    static List<Map<String, String>> records(InputStream xml, String path) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        List<Map<String, String>> records = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>();
        var text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.addLast(reader.getLocalName());
                    if (open.size() > DEEPEST) {
                        throw new XMLStreamException("is nested deeper than " + DEEPEST);
                    }
                    text.setLength(0);
                    if (String.join("/", open).equals(path)) {
                        records.add(new HashMap<>());
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    String name = open.removeLast();
                    if (String.join("/", open).equals(path)) {
                        records.getLast().put(name, text.toString().strip());
                    }
                    text.setLength(0);
                }
                default -> {}
            }
        }
        return records;
    }
}
