package dev.quorate.cli.key;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM as RFC 7468 writes it, one object. */
final class Pem {
    private Pem() {}

    static byte[] write(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The first object of that label; nothing if there is none or its base64 is broken. */
    static Optional<byte[]> read(byte[] text, String label) {
        Pattern form = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----");
        Matcher matcher = form.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
