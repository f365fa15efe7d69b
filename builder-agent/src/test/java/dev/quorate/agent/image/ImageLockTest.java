package dev.quorate.agent.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageLockTest {
    private static final String FILE =
            "{\"from\":\"pkg:deb/debian/%1$s@1?arch=amd64&distro=bookworm\",\"path\":\"%1$s_1_amd64.deb\","
                    + "\"sha256\":\"" + "ab".repeat(32) + "\",\"size\":9}";
    private static final String LOCK = "{\"format\":\"quorate/builder-image/v1\",\"kernel\":" + FILE.formatted("linux")
            + ",\"program\":\"" + "cd".repeat(32) + "\",\"root\":[" + FILE.formatted("apt") + ","
            + FILE.formatted("dash") + "],\"runtime\":{\"sha256\":\"" + "ef".repeat(32)
            + "\",\"version\":\"Some 25\"},\"suite\":\"bookworm\"}";

    @Test
    void itIsReadAsItIsWritten() throws Exception {
        ImageLock lock = parse(LOCK);
        assertEquals(LOCK, CanonicalJson.write(lock.json()));
        assertEquals(3, lock.files().size());
        assertEquals("linux_1_amd64.deb", lock.kernel().path().text());
    }

    @Test
    void anotherJavaOrAnotherProgramIsNamed() throws Exception {
        ImageLock lock = parse(LOCK);
        assertEquals(Optional.empty(), lock.otherwise(overlay("ef", "cd")));
        String java = lock.otherwise(overlay("ee", "cd")).orElseThrow();
        assertTrue(java.startsWith("runtime: the image was made with the JDK Some 25, this is Other 26; "), java);
        String program = lock.otherwise(overlay("ef", "cc")).orElseThrow();
        assertTrue(program.startsWith("program: the image was made by another build of Quorate"), program);
    }

    @Test
    void aLockOfPackagesAloneTakesAnyJavaAndProgram() throws Exception {
        ImageLock packages = parse(LOCK.replaceAll("\"(program|runtime)\":(\"[^\"]*\"|\\{[^}]*}),", ""));
        assertEquals(Optional.empty(), packages.runtime());
        assertEquals(Optional.empty(), packages.otherwise(overlay("ee", "cc")));
        assertEquals(
                Optional.of(digest("cc")), packages.with(overlay("ee", "cc")).program());
    }

    private static Overlay overlay(String runtime, String program) {
        return new Overlay(Path.of("nowhere"), new JavaRuntime("Other 26", digest(runtime)), digest(program));
    }

    private static Sha256 digest(String octet) {
        return Sha256.parse(octet.repeat(32));
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        for (String wrong : new String[] {
            LOCK.replace("bookworm\"}", "Book worm\"}"),
            LOCK.replace("image/v1", "image/v2"),
            LOCK.replace("\"suite\"", "\"suit\""),
            LOCK.replace("\"version\"", "\"vendor\""),
            LOCK.replace("cdcd", "cd"),
            LOCK.replace("\"path\":\"dash", "\"path\":\"../dash"),
        }) {
            assertThrows(MalformedException.class, () -> parse(wrong), wrong);
        }
    }

    private static ImageLock parse(String text) throws MalformedException {
        return ImageLock.parse(text.getBytes(StandardCharsets.UTF_8), "lock");
    }
}
