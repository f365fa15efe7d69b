package dev.quorate.inputs.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.spec.RelativePath;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;

class MavenFuzzTest implements Fuzzed {
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <settings xmlns="http://maven.apache.org/SETTINGS/1.2.0"><!-- mine -->
              <mirrors>
                <mirror><id>x</id><mirrorOf>*</mirrorOf><url>https://x.example/&amp;</url></mirror>
                <mirror><id><![CDATA[y]]></id><blocked/></mirror>
              </mirrors>
            </settings>
            """;

    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("maven-settings", MavenFuzzTest::settings, SETTINGS.getBytes(StandardCharsets.UTF_8)),
                Target.of(
                                "maven-path",
                                MavenFuzzTest::path,
                                "org/x/y/a-b/1.0-2/a-b-1.0-2-source-release.zip".getBytes(StandardCharsets.UTF_8))
                        .refusing(IllegalArgumentException.class));
    }

    /** Those who read settings say themselves that they are no XML. */
    private static void settings(byte[] bytes) {
        try {
            Xml.records(new ByteArrayInputStream(bytes), "settings/mirrors/mirror");
        } catch (XMLStreamException e) {
            assertEquals(false, e.getMessage() == null);
        }
    }

    private static void path(byte[] bytes) {
        RelativePath path = RelativePath.parse(new String(bytes, StandardCharsets.UTF_8));
        MavenPath.locator(path).ifPresent(locator -> assertEquals(path, MavenPath.of(locator.purl()), path.text()));
    }
}
