package dev.quorate.spec;

import java.util.regex.Pattern;

/** What people call the thing that is rebuilt: a name and a version, printed {@code name@version}. */
public record Release(String name, String version) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9+._:-]{0,127}");
    private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9+._:~-]{0,127}");

    public Release {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a release name is letters, digits and + . _ : -, at most 128");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("a version is letters, digits and + . _ : ~ -, at most 128");
        }
    }

    /**
     * Reads {@code name@version}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Release parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("a release is written name@version");
        }
        return new Release(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
