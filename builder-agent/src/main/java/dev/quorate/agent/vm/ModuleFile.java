package dev.quorate.agent.vm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** A module of Linux as a distribution packs it. */
public final class ModuleFile {
    /** In the section {@code .modinfo}, whose strings end with a NUL each. */
    private static final Pattern DEPENDS = Pattern.compile("\\x00depends=([A-Za-z0-9_,-]*)\\x00");

    private ModuleFile() {}

    /** What the kernel calls it. */
    public static String name(Path module) {
        String file = module.getFileName().toString();
        return file.substring(0, file.indexOf('.')).replace('-', '_');
    }

    /** Its code, uncompressed. */
    public static byte[] code(Path module) throws IOException {
        String name = module.getFileName().toString();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(module))) {
            if (name.endsWith(".xz")) {
                return new XZCompressorInputStream(in).readAllBytes();
            }
            return name.endsWith(".zst") ? new ZstdCompressorInputStream(in).readAllBytes() : in.readAllBytes();
        }
    }

    /** The names of the modules that it says must be loaded before it. */
    public static List<String> dependencies(byte[] code) {
        Matcher depends = DEPENDS.matcher(new String(code, StandardCharsets.ISO_8859_1));
        if (!depends.find() || depends.group(1).isEmpty()) {
            return List.of();
        }
        return Arrays.stream(depends.group(1).split(","))
                .map(name -> name.replace('-', '_'))
                .toList();
    }
}
