package dev.quorate.coordinator.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.blob.BlobException.Reason;
import dev.quorate.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
    private static final byte[] BLOB = "twelve bytes".getBytes(StandardCharsets.UTF_8);
    private static final Sha256 DIGEST = Sha256.of(BLOB);

    @TempDir
    Path directory;

    private BlobStore store;

    @BeforeEach
    void open() throws Exception {
        store = BlobStore.open(directory);
    }

    private void put(byte[] bytes, long from, long total) throws Exception {
        try (Upload upload = store.upload(DIGEST, from, total)) {
            upload.write(bytes);
            upload.finish();
        }
    }

    private static void refuses(Reason reason, Executable action) {
        assertEquals(reason, assertThrows(BlobException.class, action).reason());
    }

    private long files() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void whatWasTakenIsGiven() throws Exception {
        put(BLOB, 0, BLOB.length);
        assertArrayEquals(
                BLOB, Files.readAllBytes(store.verified(DIGEST).orElseThrow().file()));
        assertEquals(1, files());
    }

    @Test
    void anUploadGoesOnAfterARestart() throws Exception {
        refuses(Reason.WRONG_LENGTH, () -> put(Arrays.copyOf(BLOB, 5), 0, BLOB.length));
        store = BlobStore.open(directory);
        assertEquals(5, store.received(DIGEST));
        refuses(Reason.WRONG_OFFSET, () -> put(new byte[2], 4, BLOB.length));
        put(Arrays.copyOfRange(BLOB, 5, BLOB.length), 5, BLOB.length);
        assertTrue(store.verified(DIGEST).isPresent());
    }

    @Test
    void wrongBytesLeaveNothing() throws Exception {
        byte[] wrong = BLOB.clone();
        wrong[0]++;
        refuses(Reason.WRONG_DIGEST, () -> put(wrong, 0, wrong.length));
        refuses(Reason.WRONG_LENGTH, () -> put(BLOB, 0, BLOB.length - 1));
        assertEquals(0, files());
    }

    @Test
    void oneUploadsAtATime() throws Exception {
        try (Upload first = store.upload(DIGEST, 0, BLOB.length)) {
            refuses(Reason.BUSY, () -> store.upload(DIGEST, 0, BLOB.length));
            first.write(BLOB);
            first.finish();
        }
        assertTrue(store.find(DIGEST).isPresent());
    }

    @Test
    void decayIsNoticedAndCanBeHealed() throws Exception {
        put(BLOB, 0, BLOB.length);
        Path file = store.find(DIGEST).orElseThrow().file();
        byte[] decayed = BLOB.clone();
        decayed[3] ^= 1;
        Files.write(file, decayed);
        refuses(Reason.DAMAGED, () -> store.verified(DIGEST));
        assertTrue(store.find(DIGEST).isEmpty());
        put(BLOB, 0, BLOB.length);
        assertTrue(store.verified(DIGEST).isPresent());
    }

    @Test
    void moreThanTheDiskHoldsIsRefusedBeforeItBegins() {
        refuses(Reason.NO_SPACE, () -> store.upload(DIGEST, 0, 1L << 60));
    }
}
