package dev.quorate.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the reader agree. */
class SchemaTest {
    private static Schema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream in = RebuildSpec.class.getResourceAsStream("rebuild.schema.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
        }
    }

    @ParameterizedTest
    @EnumSource(Specs.class)
    void bothAcceptGoodSpecs(Specs spec) throws Exception {
        assertEquals(List.of(), errors(spec.yaml()));
        RebuildSpec.parse(spec.yaml().getBytes(StandardCharsets.UTF_8), "t");
    }

    // Two files of one role and path is a relation between entries, which a schema cannot say.
    @ParameterizedTest
    @EnumSource(value = BadSpecs.class, mode = EnumSource.Mode.EXCLUDE, names = "TWICE")
    void bothRefuseBadSpecs(BadSpecs bad) throws Exception {
        assertFalse(errors(bad.yaml()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dev.quorate.spec.RelativePathTest#attacks")
    void bothRefusePathsThatLeaveTheirDirectory(String path) throws Exception {
        // Lengths in bytes and lone surrogates have no place in a schema or in YAML.
        if (path.chars().anyMatch(c -> Character.isSurrogate((char) c)) || path.length() > 100) {
            return;
        }
        String quoted = CanonicalJson.write(Json.str(path));
        String yaml = Specs.SCRIPT.yaml().replace("outputs: [hello]", "outputs: [" + quoted + "]");
        assertFalse(errors(yaml).isEmpty());
        assertThrows(MalformedException.class, () -> RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "t"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bothAcceptTheExamples(Path example) throws Exception {
        String yaml = Files.readString(example);
        assertEquals(List.of(), errors(yaml));
        RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), example.toString());
    }

    @Test
    void thereAreExamples() throws IOException {
        try (Stream<Path> files = examples()) {
            assertFalse(files.findAny().isEmpty());
        }
    }

    static Stream<Path> examples() throws IOException {
        return Files.walk(Path.of("..", "examples"))
                .filter(file -> file.toString().endsWith(".rebuild.yaml"));
    }

    private static List<Error> errors(String yaml) throws MalformedException {
        var tree = YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8), RebuildSpec.MAX_BYTES, "t")
                .json();
        return schema.validate(CanonicalJson.write(tree), InputFormat.JSON);
    }
}
