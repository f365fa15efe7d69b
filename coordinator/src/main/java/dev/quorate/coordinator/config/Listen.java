package dev.quorate.coordinator.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, {@code host:port} or {@code [v6 address]:port}.
 *
 * @param host without brackets
 * @param port 0 takes any free one
 */
public record Listen(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):([0-9]{1,5})");

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Listen parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            throw new IllegalArgumentException("must be a host and a port like 127.0.0.1:8443");
        }
        String host = matcher.group(1);
        return new Listen(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
