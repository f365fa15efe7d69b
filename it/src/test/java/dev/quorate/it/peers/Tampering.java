package dev.quorate.it.peers;

import dev.quorate.dsse.Base64Text;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One thing changed in a bundle, whose form stays right. */
enum Tampering {
    PAYLOAD {
        @Override
        String apply(String bundle) {
            String payload = group("\"payload\":\"([^\"]+)\"", bundle);
            String statement = new String(Base64Text.decode(payload), StandardCharsets.UTF_8);
            String other = statement.replace("\"name\":\"hello\"", "\"name\":\"jello\"");
            return bundle.replace(payload, Base64Text.encode(other.getBytes(StandardCharsets.UTF_8)));
        }
    },
    SIGNATURE {
        @Override
        String apply(String bundle) {
            return flip("\"sig\":\"([^\"]+)\"", bundle);
        }
    },
    INCLUSION_PROOF {
        @Override
        String apply(String bundle) {
            return flip("\"hashes\":\\[\"([^\"]+)\"", bundle);
        }
    },
    ROOT_HASH {
        @Override
        String apply(String bundle) {
            return flip("\"rootHash\":\"([^\"]+)\"", bundle);
        }
    },
    CHECKPOINT_ORIGIN {
        @Override
        String apply(String bundle) {
            return bundle.replace("\"envelope\":\"log.", "\"envelope\":\"lag.");
        }
    },
    CHECKPOINT_SIZE {
        @Override
        String apply(String bundle) {
            return bundle.replaceFirst("(\"envelope\":\"[^\\\\]+\\\\n)([0-9]+)", "$11$2");
        }
    },
    TIME_TOKEN {
        @Override
        String apply(String bundle) {
            return flip("\"signedTimestamp\":\"([^\"]+)\"", bundle);
        }

        @Override
        boolean fits(String bundle) {
            return bundle.contains("signedTimestamp");
        }
    },
    NO_LOG_ENTRY {
        @Override
        String apply(String bundle) {
            return bundle.replaceFirst("\"tlogEntries\":\\[.*\\]", "\"tlogEntries\":[]");
        }
    };

    abstract String apply(String bundle);

    /** Whether the bundle has what this changes. */
    boolean fits(String bundle) {
        return true;
    }

    /** Changes one bit of a base64 text in the middle. */
    private static String flip(String pattern, String bundle) {
        String text = group(pattern, bundle);
        byte[] bytes = Base64Text.decode(text);
        bytes[bytes.length / 2] ^= 1;
        return bundle.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(Base64Text.encode(bytes)));
    }

    private static String group(String pattern, String bundle) {
        Matcher matcher = Pattern.compile(pattern).matcher(bundle);
        if (!matcher.find()) {
            throw new AssertionError("the bundle has nothing like " + pattern);
        }
        return matcher.group(1);
    }
}
