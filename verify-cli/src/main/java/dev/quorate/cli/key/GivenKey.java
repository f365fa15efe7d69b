package dev.quorate.cli.key;

import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.dsse.DelegatedSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.json.Printable;
import dev.quorate.key.KeyReference;
import dev.quorate.key.OpenKey;
import dev.quorate.key.UnusableKeyException;
import java.nio.file.Path;

/** A private key that the user named, wherever it is. */
public record GivenKey(KeyReference reference) {
    /** The key that an option names. */
    public static GivenKey of(Surroundings here, String text) throws RefusedException {
        return of(text, here.directory());
    }

    /** The key of that reference; relative paths begin at the directory. */
    public static GivenKey of(String text, Path directory) throws RefusedException {
        try {
            return new GivenKey(KeyReference.parse(text, directory));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("a key " + e.getMessage() + ", not " + Printable.quote(text), e);
        }
    }

    /** Opens it to sign with. */
    public Signer open() throws RefusedException {
        try {
            OpenKey key = reference.open();
            return new DelegatedSigner(key.publicKey(), key::sign);
        } catch (UnusableKeyException e) {
            throw new RefusedException(e.getMessage(), e);
        }
    }
}
