package dev.quorate.agent.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Kernels and locks of images. */
class ImageFuzzTest implements Fuzzed {
    private static final String FILE = "{\"from\":\"pkg:deb/debian/dash@1?arch=amd64\",\"path\":\"dash_1_amd64.deb\","
            + "\"sha256\":\"" + "a".repeat(64) + "\",\"size\":3}";
    private static final String LOCK = "{\"format\":\"quorate/builder-image/v1\",\"kernel\":" + FILE
            + ",\"program\":\"" + "b".repeat(64) + "\",\"root\":[" + FILE + "],\"runtime\":{\"sha256\":\""
            + "c".repeat(64) + "\",\"version\":\"25\"},\"suite\":\"bookworm\"}";
    private static final int PE = 0x80;

    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("image-lock", ImageFuzzTest::lock, LOCK.getBytes(StandardCharsets.UTF_8)),
                Target.of("efi-program", PortableExecutable::digest, program())
                        .refusing(IllegalArgumentException.class),
                Target.of("kernel", bytes -> DirectKernel.loaded(bytes, 1 << 20, 1L << 32), kernel())
                        .refusing(IllegalArgumentException.class));
    }

    private static void lock(byte[] bytes) throws MalformedException {
        ImageLock lock = ImageLock.parse(bytes, "fuzz");
        assertEquals(lock, ImageLock.parse(CanonicalJson.bytes(lock.json()), "again"));
    }

    /** The least that is an EFI program: marks, an optional header and one section. */
    private static byte[] program() {
        ByteBuffer file = ByteBuffer.allocate(0x300).order(ByteOrder.LITTLE_ENDIAN);
        int optional = PE + 24;
        int section = optional + 0xf0;
        return file.putShort(0, (short) 0x5a4d)
                .putInt(0x3c, PE)
                .putInt(PE, 0x4550)
                .putShort(PE + 6, (short) 1)
                .putShort(PE + 20, (short) 0xf0)
                .putShort(optional, (short) 0x20b)
                .putInt(optional + 60, 0x200)
                .putInt(section + 16, 0x100)
                .putInt(section + 20, 0x200)
                .array();
    }

    private static byte[] kernel() {
        return ByteBuffer.allocate(4096)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x202, 0x53726448)
                .putShort(0x206, (short) 0x20f)
                .putInt(0x22c, 0x7fffffff)
                .array();
    }
}
