package dev.quorate.agent.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A root file system of a few of this machine's programs and their libraries. */
final class CopiedRoot {
    private static final Pattern LIBRARY = Pattern.compile("(/[^ ]+) \\(0x");
    private static final List<String> PROGRAMS =
            List.of("dash", "cat", "mkdir", "chmod", "ln", "touch", "cp", "rm", "sleep", "date", "ls");

    private CopiedRoot() {}

    static void make(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("usr/bin"));
        for (String link : List.of("bin", "lib", "lib64")) {
            Files.createDirectories(root.resolve("usr").resolve(link));
            Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
        }
        for (String program : PROGRAMS) {
            Path real = Path.of("/usr/bin", program);
            Files.copy(real, root.resolve("usr/bin").resolve(program), StandardCopyOption.REPLACE_EXISTING);
            libraries(real, root);
        }
        Files.createSymbolicLink(root.resolve("usr/bin/sh"), Path.of("dash"));
    }

    private static void libraries(Path program, Path root) throws IOException, InterruptedException {
        Process ldd = new ProcessBuilder("ldd", program.toString()).start();
        Matcher library = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        ldd.waitFor();
        while (library.find()) {
            Path copy = root.resolve(library.group(1).substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(library.group(1)).toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
