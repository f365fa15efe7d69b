package dev.quorate.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as RFC 7468 has it. */
public final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    /** One object as text. */
    public static String write(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /**
     * Every object of that label, in order; other text is skipped.
     *
     * @throws IllegalArgumentException if the base64 of one is damaged
     */
    public static List<byte[]> read(byte[] text, String label) {
        Pattern form = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----");
        Matcher matcher = form.matcher(new String(text, StandardCharsets.ISO_8859_1));
        List<byte[]> objects = new ArrayList<>();
        while (matcher.find()) {
            objects.add(Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", "")));
        }
        return List.copyOf(objects);
    }
}
