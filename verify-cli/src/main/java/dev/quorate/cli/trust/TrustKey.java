package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.cli.key.GivenKey;
import dev.quorate.cli.key.PrivateKeyFile;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.key.Pcrs;
import dev.quorate.key.TokenKey;
import dev.quorate.key.TpmKey;
import dev.quorate.key.UnusableKeyException;
import java.nio.file.Path;
import java.util.List;

/** Makes a key pair for a root key holder or a maintainer: in a file, on a token or in a TPM. */
public final class TrustKey implements Command {
    private static final String USUAL_TPM = "device:/dev/tpmrm0";

    @Override
    public Syntax syntax() {
        return Syntax.of("trust key")
                .with(
                        Option.required("o", "FILE"),
                        Option.optional("pkcs11", "URI"),
                        Option.optional("tpm", "PCRS"),
                        Option.optional("tcti", "TCTI"));
    }

    /** @param words what there is to say of the private half */
    private record Made(P256Key key, String reference, String words) {}

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, InterruptedException {
        if (arguments.has("pkcs11") && arguments.has("tpm")) {
            throw arguments.refused("a key is on a token or in a TPM; give --pkcs11 or --tpm");
        }
        if (arguments.has("tcti") && !arguments.has("tpm")) {
            throw arguments.refused("--tcti belongs to --tpm");
        }
        String file = Printable.of(arguments.value("o"));
        Path path = here.path(arguments.value("o"));
        Made made;
        try {
            made = make(arguments, here, path);
        } catch (UnusableKeyException e) {
            throw new RefusedException(e.getMessage(), e);
        }
        Json.Obj json = Json.object()
                .put("private", made.reference())
                .put("public", file + ".pub")
                .put("key", made.key().toString())
                .put("id", made.key().id().hex())
                .build();
        return Answer.done(
                json,
                List.of(
                        made.reference() + ": " + made.words(),
                        file + ".pub: public key " + made.key().id().hex()));
    }

    private static Made make(Arguments arguments, Surroundings here, Path path)
            throws RefusedException, UnusableKeyException, InterruptedException {
        String file = Printable.of(arguments.value("o"));
        if (arguments.has("tpm")) {
            return inTpm(arguments, path, file);
        }
        return arguments.has("pkcs11")
                ? onToken(arguments, here, path)
                : new Made(PrivateKeyFile.create(path), file, "private key, for its owner alone");
    }

    private static Made onToken(Arguments arguments, Surroundings here, Path path)
            throws RefusedException, UnusableKeyException, InterruptedException {
        String uri = arguments.value("pkcs11");
        if (GivenKey.of(here, uri).reference() instanceof TokenKey token) {
            P256Key key = P256Key.of(token.make().publicKey());
            PrivateKeyFile.writePublic(path, key);
            return new Made(key, Printable.of(uri), "private key, on the token");
        }
        throw arguments.refused("--pkcs11 takes a URI like pkcs11:token=…;object=…?module-path=…&pin-source=file:…");
    }

    private static Made inTpm(Arguments arguments, Path path, String file)
            throws RefusedException, UnusableKeyException, InterruptedException {
        Pcrs pcrs;
        try {
            pcrs = Pcrs.parse(arguments.value("tpm"));
        } catch (IllegalArgumentException e) {
            throw arguments.refused("--tpm " + e.getMessage());
        }
        byte[] content = TpmKey.make(arguments.optional("tcti").orElse(USUAL_TPM), pcrs);
        WrittenFile.createSecret(path, content);
        String reference = "tpm:" + file;
        P256Key key = P256Key.of(new TpmKey(reference, path).open().publicKey());
        PrivateKeyFile.writePublic(path, key);
        return new Made(
                key, reference, "private key, which this TPM alone uses, while " + pcrs + " are as they are now");
    }
}
