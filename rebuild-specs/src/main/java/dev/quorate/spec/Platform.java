package dev.quorate.spec;

import java.util.regex.Pattern;

/** Operating system and CPU architecture in Go's and OCI's words, {@code linux/amd64}. */
public record Platform(String os, String architecture) {
    private static final Pattern FORM = Pattern.compile("(linux)/(amd64|arm64|riscv64)");

    /**
     * Reads {@code os/architecture}.
     *
     * @throws IllegalArgumentException for a platform that no builder can have
     */
    public static Platform parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a platform is linux/amd64, linux/arm64 or linux/riscv64");
        }
        int slash = text.indexOf('/');
        return new Platform(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return os + "/" + architecture;
    }
}
