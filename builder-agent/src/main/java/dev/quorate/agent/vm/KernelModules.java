package dev.quorate.agent.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** The modules that a guest needs, in the order in which they are loaded. What is built into the kernel needs none. */
final class KernelModules {
    private static final List<String> WANTED =
            List.of("virtio_pci", "virtio_blk", "virtio_console", "squashfs", "crc32c_generic", "ext4");

    private final Path directory;
    private final Map<String, List<Path>> withDependencies = new HashMap<>();

    private KernelModules(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads {@code modules.dep} (depmod(8)), where each line names a module and, the last first, what it depends on.
     *
     * @return each module's code, uncompressed
     */
    static List<byte[]> of(GuestKernel kernel) throws IOException {
        var modules = new KernelModules(kernel.modules());
        modules.read();
        SequencedSet<Path> order = new LinkedHashSet<>();
        for (String wanted : WANTED) {
            order.addAll(modules.withDependencies.getOrDefault(wanted, List.of()));
        }
        List<byte[]> code = new ArrayList<>();
        for (Path file : order) {
            code.add(ModuleFile.code(file));
        }
        return code;
    }

    private void read() throws IOException {
        for (String line : Files.readAllLines(directory.resolve("modules.dep"))) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            List<Path> files = new ArrayList<>();
            for (String dependency : line.substring(colon + 1).split(" ")) {
                if (!dependency.isEmpty()) {
                    files.addFirst(directory.resolve(dependency));
                }
            }
            Path module = directory.resolve(line.substring(0, colon));
            files.add(module);
            withDependencies.put(ModuleFile.name(module), files);
        }
    }
}
