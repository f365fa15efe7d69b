package dev.quorate.cli.coordinator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the data of server-sent events; comments, names and ids are passed over. */
final class EventReader {
    private final InputStream in;
    private final int most;

    EventReader(InputStream in, int most) {
        this.in = new BufferedInputStream(in);
        this.most = most;
    }

    /** The next event's data; nothing at the end. An event that the end cuts off is no event. */
    Optional<String> next() throws IOException {
        var data = new StringBuilder();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            String text = line.get();
            if (text.isEmpty() && !data.isEmpty()) {
                return Optional.of(data.toString());
            }
            if (text.startsWith("data:")) {
                String value = text.substring("data:".length());
                data.append(data.isEmpty() ? "" : "\n").append(value.startsWith(" ") ? value.substring(1) : value);
            }
            if (data.length() > most) {
                throw new IOException("an event is longer than " + most + " characters");
            }
        }
        return Optional.empty();
    }

    private Optional<String> line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                String text = bytes.toString(StandardCharsets.UTF_8);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (bytes.size() == most) {
                throw new IOException("a line is longer than " + most + " bytes");
            }
            bytes.write(b);
        }
        return Optional.empty();
    }
}
