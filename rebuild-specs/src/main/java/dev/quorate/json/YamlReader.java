package dev.quorate.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads one YAML document (or JSON, which is YAML) that a person wrote, remembering each value's line. */
public final class YamlReader {
    private final String input;
    private final Map<Json, Integer> lines = new IdentityHashMap<>();

    private YamlReader(String input) {
        this.input = input;
    }

    /**
     * Reads a document whose root is a mapping.
     *
     * @param input the file's name as the person gave it
     * @param maxBytes longest input accepted
     */
    public static Fields read(byte[] utf8, int maxBytes, String input) throws MalformedException {
        if (utf8.length > maxBytes) {
            throw new MalformedException(input, "is longer than " + maxBytes + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return new YamlReader(input).document(text, maxBytes);
        } catch (CharacterCodingException e) {
            throw new MalformedException(input, "is not valid UTF-8");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new MalformedException(new Place(input, line, ""), "is not YAML: " + Printable.of(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new MalformedException(input, "is not YAML: " + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    private Fields document(String text, int maxBytes) throws MalformedException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(input)
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(maxBytes)
                .build();
        var parser = new ParserImpl(settings, new StreamReader(settings, text));
        Optional<Node> root = compose(new Composer(settings, new BoundedParser(parser, JsonReader.MAX_DEPTH)));
        if (root.isEmpty()) {
            throw new MalformedException(input, "is empty");
        }
        Json tree = tree(root.get(), 0);
        if (!(tree instanceof Json.Obj object)) {
            throw new MalformedException(input, "must be a mapping of names to values");
        }
        return new Fields(object, Place.of(input), lines);
    }

    private Optional<Node> compose(Composer composer) throws MalformedException {
        try {
            return composer.getSingleNode();
        } catch (YamlEngineException e) {
            throw e;
        } catch (RuntimeException e) {
            // SnakeYAML Engine meets some cut escapes with whatever exception comes up.
            throw new MalformedException(input, "is not YAML: an escape in it has no form");
        }
    }

    private Json tree(Node node, int depth) throws MalformedException {
        if (depth > JsonReader.MAX_DEPTH) {
            throw at(node, "is nested deeper than " + JsonReader.MAX_DEPTH);
        }
        if (node.getAnchor().isPresent()) {
            throw at(node, "anchors and aliases are not used here; write the value out");
        }
        Json value = switch (node) {
            case MappingNode mapping -> mapping(mapping, depth);
            case SequenceNode sequence -> sequence(sequence, depth);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw at(node, "is not a plain value");
        };
        lines.put(value, line(node));
        return value;
    }

    private Json mapping(MappingNode mapping, int depth) throws MalformedException {
        Map<String, Json> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw at(tuple.getKeyNode(), "a name must be plain text");
            } else if (!Printable.isWellFormed(key.getValue())) {
                throw at(key, "a name has a lone surrogate");
            }
            if (members.putIfAbsent(key.getValue(), tree(tuple.getValueNode(), depth + 1)) != null) {
                throw at(key, Printable.quote(key.getValue()) + " is there twice; remove one");
            }
        }
        return new Json.Obj(members);
    }

    private Json sequence(SequenceNode sequence, int depth) throws MalformedException {
        List<Json> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(tree(item, depth + 1));
        }
        return new Json.Arr(items);
    }

    private Json scalar(ScalarNode scalar) throws MalformedException {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (!Printable.isWellFormed(text)) {
            throw at(scalar, "a string has a lone surrogate");
        } else if (tag.equals(Tag.STR)) {
            return new Json.Str(text);
        } else if (tag.equals(Tag.BOOL)) {
            return new Json.Bool(text.equalsIgnoreCase("true"));
        } else if (tag.equals(Tag.NULL)) {
            return new Json.Null();
        } else if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9][0-9]{0,15})") && !text.equals("-0")) {
            long value = Long.parseLong(text);
            if (Math.abs(value) <= Json.MAX_INTEGER) {
                return new Json.Num(value);
            }
        }
        throw at(
                scalar,
                Printable.quote(text) + " is not text, a decimal integer, true or false; quote it if it is text");
    }

    private MalformedException at(Node node, String problem) {
        return new MalformedException(new Place(input, line(node), ""), problem);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
