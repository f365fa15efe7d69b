package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestKernelTest {
    @TempDir
    Path directory;

    private void kernel(String release, String... dependencies) throws Exception {
        Files.createDirectories(directory.resolve("boot"));
        Files.writeString(directory.resolve("boot/vmlinuz-" + release), release);
        Path modules = Files.createDirectories(directory.resolve("modules").resolve(release));
        Files.write(modules.resolve("modules.dep"), List.of(dependencies));
    }

    private Optional<GuestKernel> find() throws Exception {
        return GuestKernel.find(directory.resolve("boot"), directory.resolve("modules"));
    }

    @Test
    void theNewestCloudKernelIsTakenByItsNumbers() throws Exception {
        kernel("6.1.0-9-cloud-amd64");
        kernel("6.1.0-56-cloud-amd64");
        kernel("6.12.1-amd64");
        assertEquals("6.1.0-56-cloud-amd64", find().orElseThrow().release());
    }

    @Test
    void aKernelWithoutItsModulesDoesNotCount() throws Exception {
        kernel("6.1.0-9-amd64");
        Files.delete(directory.resolve("modules/6.1.0-9-amd64/modules.dep"));
        assertEquals(Optional.empty(), find());
    }

    @Test
    void modulesComeAfterWhatTheyDependOnAndAreUncompressed() throws Exception {
        kernel(
                "6.1.0-9-amd64",
                "kernel/virtio_blk.ko.xz: kernel/virtio.ko kernel/virtio_ring.ko",
                "kernel/virtio.ko: kernel/virtio_ring.ko",
                "kernel/virtio_ring.ko:");
        Path modules = Files.createDirectories(directory.resolve("modules/6.1.0-9-amd64/kernel"));
        Files.writeString(modules.resolve("virtio.ko"), "virtio");
        Files.writeString(modules.resolve("virtio_ring.ko"), "ring");
        try (OutputStream out =
                new XZCompressorOutputStream(Files.newOutputStream(modules.resolve("virtio_blk.ko.xz")))) {
            out.write("blk".getBytes(StandardCharsets.UTF_8));
        }
        List<byte[]> code = KernelModules.of(find().orElseThrow());
        assertArrayEquals(
                new String[] {"ring", "virtio", "blk"},
                code.stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toArray());
    }
}
