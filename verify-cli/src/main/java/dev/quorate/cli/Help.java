package dev.quorate.cli;

import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text behind {@code --help}, a resource for each command. */
final class Help {
    private Help() {}

    static Answer answer(String topic) throws RefusedException {
        String text = text(topic);
        return Answer.done(Json.object().put("help", text).build(), text.stripTrailing());
    }

    static String text(String topic) throws RefusedException {
        boolean plain = topic.chars().allMatch(c -> c >= 'a' && c <= 'z');
        try (InputStream in = plain ? Help.class.getResourceAsStream("help/" + topic + ".txt") : null) {
            if (in == null) {
                throw new RefusedException("there is no help on " + Printable.quote(topic) + "; see quorate --help");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the program's own help", e);
        }
    }
}
