package dev.quorate.agent.image;

import java.io.IOException;
import java.io.InputStream;

/** The scripts of this package. */
final class Recipe {
    private Recipe() {}

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Recipe.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + name);
            }
            return in.readAllBytes();
        }
    }
}
