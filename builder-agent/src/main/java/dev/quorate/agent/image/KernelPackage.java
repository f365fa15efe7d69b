package dev.quorate.agent.image;

import dev.quorate.agent.sandbox.Spawner;
import dev.quorate.agent.vm.ModuleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A kernel as a Debian package brings it, unpacked and not installed.
 *
 * @param image a {@code vmlinuz}
 * @param modules name to file
 */
record KernelPackage(Path image, Map<String, Path> modules) {
    /**
     * Unpacks a package.
     *
     * @param deb a {@code linux-image-…}
     * @param directory an empty one
     */
    static KernelPackage unpack(Path deb, Path directory) throws IOException, InterruptedException {
        Process dpkg = Spawner.start(
                new ProcessBuilder("dpkg-deb", "-x", deb.toString(), directory.toString()).redirectErrorStream(true));
        dpkg.getOutputStream().close();
        String said = new String(dpkg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (dpkg.waitFor() != 0) {
            throw new IOException("the kernel's package cannot be unpacked: " + said.strip());
        }
        Map<String, Path> modules = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.getFileName().toString().matches(".*\\.ko(\\.xz|\\.zst)?"))
                    .forEach(file -> modules.put(ModuleFile.name(file), file));
        }
        try (Stream<Path> boot = Files.list(directory.resolve("boot"))) {
            Path image = boot.filter(file -> file.getFileName().toString().startsWith("vmlinuz-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the kernel's package holds no kernel"));
            return new KernelPackage(image, modules);
        }
    }

    /**
     * The code of modules and of what they depend on, in an order in which they can be loaded. A name that is no module is
     * taken to be built into the kernel.
     */
    List<byte[]> inOrder(List<String> wanted) throws IOException {
        Map<String, byte[]> loaded = new LinkedHashMap<>();
        for (String name : wanted) {
            load(name, loaded, new ArrayList<>());
        }
        return List.copyOf(loaded.values());
    }

    private void load(String name, Map<String, byte[]> loaded, List<String> above) throws IOException {
        Path file = modules.get(name);
        if (file == null || loaded.containsKey(name)) {
            return;
        }
        if (above.contains(name)) {
            throw new IOException("the kernel's modules depend on each other in a circle: " + above);
        }
        byte[] code = ModuleFile.code(file);
        above.add(name);
        for (String dependency : ModuleFile.dependencies(code)) {
            load(dependency, loaded, above);
        }
        above.removeLast();
        loaded.put(name, code);
    }
}
