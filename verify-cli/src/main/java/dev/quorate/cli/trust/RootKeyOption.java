package dev.quorate.cli.trust;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.key.PublicKeyText;
import dev.quorate.trust.RootKey;
import java.util.ArrayList;
import java.util.List;

/** {@code --root-key NAME=PUBLIC}: who holds a root key, and its public half. */
final class RootKeyOption {
    static final String NAME = "root-key";

    private RootKeyOption() {}

    static List<RootKey> all(Arguments arguments, Surroundings here) throws RefusedException {
        List<RootKey> keys = new ArrayList<>();
        for (String text : arguments.all(NAME)) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw arguments.refused("--root-key has the form NAME=FILE, like alice=alice.pub");
            }
            keys.add(new RootKey(text.substring(0, equals), PublicKeyText.read(here, text.substring(equals + 1))));
        }
        return keys;
    }

    /** Reads a threshold. */
    static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("must be a number from 1 to 999");
        }
        return Integer.parseInt(text);
    }
}
