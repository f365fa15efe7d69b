package dev.quorate.agent.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImageLockTest {
    private static final String FILE =
            "{\"from\":\"pkg:deb/debian/%1$s@1?arch=amd64&distro=bookworm\",\"path\":\"%1$s_1_amd64.deb\","
                    + "\"sha256\":\"" + "ab".repeat(32) + "\",\"size\":9}";
    private static final String LOCK = "{\"format\":\"quorate/builder-image/v1\",\"kernel\":" + FILE.formatted("linux")
            + ",\"root\":[" + FILE.formatted("apt") + "," + FILE.formatted("dash") + "],\"suite\":\"bookworm\"}";

    @Test
    void itIsReadAsItIsWritten() throws Exception {
        ImageLock lock = parse(LOCK);
        assertEquals(LOCK, CanonicalJson.write(lock.json()));
        assertEquals(3, lock.files().size());
        assertEquals("linux_1_amd64.deb", lock.kernel().path().text());
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        for (String wrong : new String[] {
            LOCK.replace("bookworm\"}", "Book worm\"}"),
            LOCK.replace("image/v1", "image/v2"),
            LOCK.replace("\"suite\"", "\"suit\""),
            LOCK.replace("\"path\":\"dash", "\"path\":\"../dash"),
        }) {
            assertThrows(MalformedException.class, () -> parse(wrong), wrong);
        }
    }

    private static ImageLock parse(String text) throws MalformedException {
        return ImageLock.parse(text.getBytes(StandardCharsets.UTF_8), "lock");
    }
}
