package dev.quorate.coordinator.desk;

/**
 * A Debian binary package's name and version, as they stand in the name of its file (Debian policy 5.6): {@code
 * name_version_architecture.deb}, where the version has no epoch.
 */
public record DebianPackage(String name, String version) {
    private static final String SUFFIX = ".deb";
    private static final String EPOCH = "[0-9]+:";

    /**
     * Keeps both; an epoch is left out.
     *
     * @throws IllegalArgumentException unless they have the form that Debian gives them
     */
    public DebianPackage {
        version = version.replaceFirst("^" + EPOCH, "");
        name(name);
        version(version);
    }

    /** A name. */
    public static String name(String text) {
        return of(text, "[a-z0-9][a-z0-9.+-]{0,254}", "a package's name");
    }

    /** A version, with or without an epoch. */
    public static String version(String text) {
        return of(text, "(" + EPOCH + ")?[A-Za-z0-9.+~-]{1,254}", "a version");
    }

    /** An architecture. */
    public static String architecture(String text) {
        return of(text, "[a-z0-9-]{1,64}", "an architecture");
    }

    private static String of(String text, String pattern, String what) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException("must be " + what);
        }
        return text;
    }

    /** Whether a file may be found by a package's name. */
    static boolean isFile(String name) {
        return name.endsWith(SUFFIX);
    }

    /** The name of its file for one architecture. */
    public String file(String architecture) {
        return prefix() + architecture + SUFFIX;
    }

    /** What the names of its files begin with. */
    String prefix() {
        return name + "_" + version + "_";
    }
}
