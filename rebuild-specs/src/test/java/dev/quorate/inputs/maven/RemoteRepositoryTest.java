package dev.quorate.inputs.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteRepositoryTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | true",
                "central | true",
                "external:* | true",
                "other,central | true",
                "*,!other | true",
                "*,!central | false",
                "!central,* | false",
                "other | false",
                "external:http:* | false"
            })
    void readsMirrorOfAsMavenDoes(String mirrorOf, boolean stands) {
        assertEquals(stands, RemoteRepository.standsForCentral(mirrorOf));
    }

    @Test
    void takesTheUsersMirrorFirstWithItsCredentials() throws Exception {
        Path user = settings("user.xml", """
                <settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">
                  <servers><server><id>own</id><username>me</username><password>${env.SECRET}</password></server></servers>
                  <mirrors>
                    <mirror><id>x</id><mirrorOf>other</mirrorOf><url>https://x.example/</url></mirror>
                    <mirror><id>own</id><mirrorOf>*</mirrorOf><url>https://own.example/m2</url></mirror>
                  </mirrors>
                </settings>
                """);
        Path global = settings(
                "global.xml",
                "<settings><mirrors><mirror><id>g</id><mirrorOf>*</mirrorOf><url>https://g.example</url></mirror>"
                        + "</mirrors></settings>");
        var remote = RemoteRepository.of(new MavenMachine(List.of(user, global), List.of(), Map.of("SECRET", "word")));
        assertEquals("https://own.example/m2/", remote.base().toString());
        assertEquals(Map.of("Authorization", "Basic bWU6d29yZA=="), remote.headers());
        assertEquals(
                "https://own.example/m2/a/b%20c%2B%C3%A9.jar",
                remote.uri(RelativePath.parse("a/b c+é.jar")).toASCIIString());
    }

    @Test
    void elseAsksTheInstalledMavensSuperPom() throws Exception {
        Path lib = Files.createDirectories(directory.resolve("home/lib"));
        try (var jar = new JarOutputStream(Files.newOutputStream(lib.resolve("maven-model-builder-3.jar")))) {
            jar.putNextEntry(new ZipEntry("org/apache/maven/model/pom-4.0.0.xml"));
            jar.write("""
                    <project><repositories><repository><id>central</id><snapshots><enabled>false</enabled></snapshots>
                    <url>https://central.example/maven2</url></repository></repositories></project>
                    """.getBytes(StandardCharsets.UTF_8));
        }
        var machine = new MavenMachine(List.of(directory.resolve("no.xml")), List.of(lib.getParent()), Map.of());
        assertEquals(
                "https://central.example/maven2/",
                RemoteRepository.of(machine).base().toString());
    }

    @Test
    void saysWhatToDoWithoutMaven() {
        var e = assertThrows(
                MavenUnusableException.class,
                () -> RemoteRepository.of(new MavenMachine(List.of(), List.of(directory), Map.of())));
        assertTrue(e.getMessage().contains("install Maven"), e.getMessage());
    }

    @Test
    void readsNoDocumentTypesAndNoOtherSchemes() throws Exception {
        Path entity = settings("e.xml", """
                <!DOCTYPE settings [<!ENTITY x SYSTEM "file:///etc/passwd">]>
                <settings><mirrors><mirror><id>&x;</id><mirrorOf>*</mirrorOf><url>https://x/</url></mirror></mirrors></settings>
                """);
        assertThrows(
                MavenUnusableException.class,
                () -> RemoteRepository.of(new MavenMachine(List.of(entity), List.of(), Map.of())));
        Path file = settings(
                "f.xml",
                "<settings><mirrors><mirror><mirrorOf>*</mirrorOf><url>file:///m2</url></mirror></mirrors></settings>");
        assertThrows(
                MavenUnusableException.class,
                () -> RemoteRepository.of(new MavenMachine(List.of(file), List.of(), Map.of())));
    }

    private Path settings(String name, String xml) throws IOException {
        return Files.writeString(directory.resolve(name), xml);
    }
}
