package dev.quorate.imports;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Somebody else's record of a build, in one of the formats that the package describes. */
public final class Importer {
    /** Longest record that is read, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final Pattern ARCH = Pattern.compile("(?m)^[ \\t]*pkgbuild_sha256sum = ");
    private static final Pattern DEBIAN = Pattern.compile("(?m)^Installed-Build-Depends:");
    private static final Pattern CENTRAL = Pattern.compile("(?m)^[ \\t]*(gitRepo|sourceDistribution)=");

    private final Format format;
    private final String text;
    private final String input;

    private Importer(Format format, String text, String input) {
        this.format = format;
        this.text = text;
        this.input = input;
    }

    private enum Format {
        DEBIAN,
        ARCH,
        CENTRAL,
        SLSA
    }

    /**
     * Finds the record's format by what is in it, else by its name.
     *
     * @param fileName stands in messages and in the spec
     * @throws MalformedException if it is longer than {@link #MAX_BYTES}, not UTF-8, or of no known format
     */
    public static Importer of(String fileName, byte[] bytes) throws MalformedException {
        String input = Printable.of(fileName);
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(input, "is longer than 4 MiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\r\n", "\n");
            return new Importer(format(fileName, text, input), text, input);
        } catch (CharacterCodingException e) {
            throw new MalformedException(input, "is not valid UTF-8");
        }
    }

    /**
     * The text of an unlocked spec, {@code *.rebuild.yaml}. Comments beginning {@code Look:} say what a person decides;
     * {@code spec check} refuses what is still open.
     *
     * @throws MalformedException if the record does not have its format, or is about what no builder can build
     */
    public String spec() throws MalformedException {
        return switch (format) {
            case DEBIAN -> DebianBuildinfo.spec(text, input);
            case ARCH -> ArchBuildinfo.spec(text, input);
            case CENTRAL -> CentralBuildspec.spec(text, input);
            case SLSA -> SlsaProvenance.spec(text, MAX_BYTES, input);
        };
    }

    private static Format format(String fileName, String text, String input) throws MalformedException {
        if (text.stripLeading().startsWith("{")) {
            return Format.SLSA;
        } else if (fileName.endsWith(".buildspec")) {
            return Format.CENTRAL;
        } else if (ARCH.matcher(text).find()) {
            return Format.ARCH;
        } else if (DEBIAN.matcher(text).find() || fileName.endsWith(".buildinfo")) {
            return Format.DEBIAN;
        } else if (CENTRAL.matcher(text).find()) {
            return Format.CENTRAL;
        } else if (fileName.endsWith(".BUILDINFO")) {
            return Format.ARCH;
        }
        throw new MalformedException(
                input,
                "is none of the records that are read: Debian's .buildinfo, Arch's .BUILDINFO, Reproducible Central's"
                        + " .buildspec, SLSA provenance v1 as JSON");
    }
}
