package dev.quorate.agent.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelPackageTest {
    @TempDir
    Path directory;

    @Test
    void modulesAreLoadedAfterWhatTheyDependOn() throws Exception {
        var kernel = new KernelPackage(
                directory,
                Map.of(
                        "virtio", module("virtio", ""),
                        "virtio_ring", module("virtio_ring", "virtio"),
                        "virtio_net", module("virtio_net", "virtio_ring,net-failover,virtio"),
                        "net_failover", module("net-failover", "")));
        assertEquals(
                List.of("virtio", "virtio_ring", "net-failover", "virtio_net"),
                kernel.inOrder(List.of("built_in", "virtio_net", "virtio")).stream()
                        .map(KernelPackageTest::name)
                        .toList());
    }

    @Test
    void aCircleEnds() throws Exception {
        var kernel = new KernelPackage(directory, Map.of("a", module("a", "b"), "b", module("b", "a")));
        assertThrows(IOException.class, () -> kernel.inOrder(List.of("a")));
    }

    private Path module(String name, String dependencies) throws IOException {
        return Files.writeString(
                directory.resolve(name + ".ko"),
                "\u007fELF\0license=GPL\0depends=%s\0name=%s\0".formatted(dependencies, name),
                StandardCharsets.ISO_8859_1);
    }

    private static String name(byte[] code) {
        String text = new String(code, StandardCharsets.ISO_8859_1);
        return text.substring(text.indexOf("name=") + 5, text.length() - 1);
    }
}
