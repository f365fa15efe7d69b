package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of this host that go into a guest, each with the libraries that its loader wants. */
final class HostPrograms {
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/[^ ]+) \\(0x");
    private static final List<String> NAMES = List.of("bwrap", "setpriv", "tar");
    /** Static, so that it runs before anything else is there. */
    private static final List<Path> BUSYBOX = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    private HostPrograms() {}

    /** Absolute path in the guest to file of this host. */
    static SortedMap<String, Path> files() throws IOException, InterruptedException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (String name : NAMES) {
            Path program = Path.of("/usr/bin", name);
            files.put("/bin/" + name, program);
            Matcher library = LIBRARY.matcher(libraries(program));
            while (library.find()) {
                files.put(library.group(1), Path.of(library.group(1)).toRealPath());
            }
        }
        files.put("/bin/busybox", busybox());
        return files;
    }

    static Path busybox() throws IOException {
        return BUSYBOX.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("busybox is missing: install the package busybox-static"));
    }

    private static String libraries(Path program) throws IOException, InterruptedException {
        Process ldd = Spawner.start(new ProcessBuilder("ldd", program.toString()).redirectErrorStream(true));
        ldd.getOutputStream().close();
        String printed = new String(ldd.getInputStream().readNBytes(64 << 10), StandardCharsets.UTF_8);
        if (ldd.waitFor() != 0) {
            throw new IOException("ldd cannot tell the libraries of " + program);
        }
        return printed;
    }
}
