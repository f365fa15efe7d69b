package dev.quorate.cli;

/**
 * One option of a command.
 *
 * @param name without dashes
 * @param value what its value is, {@code FILE}; empty for a flag
 */
public record Option(String name, String value, Use use) {
    /** How often an option is given. */
    public enum Use {
        /** Exactly once. */
        REQUIRED,
        /** Once or not at all. */
        OPTIONAL,
        /** Any number of times. */
        REPEATED
    }

    /** An option without a value. */
    public static Option flag(String name) {
        return new Option(name, "", Use.OPTIONAL);
    }

    /** An option that must be there. */
    public static Option required(String name, String value) {
        return new Option(name, value, Use.REQUIRED);
    }

    /** An option that may be there. */
    public static Option optional(String name, String value) {
        return new Option(name, value, Use.OPTIONAL);
    }

    /** An option that may be there several times. */
    public static Option repeated(String name, String value) {
        return new Option(name, value, Use.REPEATED);
    }

    boolean isFlag() {
        return value.isEmpty();
    }

    /** One letter has one dash. */
    String written() {
        return (name.length() == 1 ? "-" : "--") + name;
    }

    boolean isWritten(String text) {
        return written().equals(text);
    }

    @Override
    public String toString() {
        return isFlag() ? written() : written() + " " + value;
    }
}
