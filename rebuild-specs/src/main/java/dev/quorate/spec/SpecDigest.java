package dev.quorate.spec;

import dev.quorate.digest.Sha256;

/** Identity of a spec: SHA-256 over its canonical JSON with every input pinned. Prints as {@code sha256:<hex>}. */
public record SpecDigest(Sha256 sha256) {
    private static final String PREFIX = "sha256:";

    /**
     * Reads the printed form.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static SpecDigest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a spec digest is sha256: and 64 lower-case hex digits");
        }
        return new SpecDigest(Sha256.parse(text.substring(PREFIX.length())));
    }

    @Override
    public String toString() {
        return PREFIX + sha256.hex();
    }
}
