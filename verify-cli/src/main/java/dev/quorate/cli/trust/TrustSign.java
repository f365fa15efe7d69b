package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.cli.key.GivenKey;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Adds a root key holder's signature. */
public final class TrustSign implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust sign")
                .operands("FILE", 1, 1)
                .with(Option.required("key", "KEY"), Option.optional("previous", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        TrustFile file = TrustFile.read(GivenFile.of(here, arguments.operands().getFirst()));
        Signer signer = GivenKey.of(here, arguments.value("key")).open();
        Optional<TrustFile> previous = previous(arguments, here);
        String holder = holder(arguments, file, previous, signer.publicKey());
        requireOwners(file, previous);
        VoucherEdit.requireGood(file);
        SignedTrust signed;
        try {
            signed = file.signed().sign(signer);
        } catch (GeneralSecurityException e) {
            throw new RefusedException(e.getMessage(), e);
        }
        WrittenFile.replace(file.file().path(), signed.bytes());
        Signatures state = Signatures.of(signed);
        Json.Obj json = Json.object()
                .put("file", file.file().printable())
                .put("version", file.trust().version())
                .put("signedBy", holder)
                .put("signatures", state.json())
                .build();
        return Answer.done(json, file.file().printable() + ": signed by " + holder + "; " + state.words());
    }

    private static Optional<TrustFile> previous(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        Optional<String> name = arguments.optional("previous");
        return name.isPresent() ? Optional.of(TrustFile.read(GivenFile.of(here, name.get()))) : Optional.empty();
    }

    /** A key that changes hands is no slip of an edit, since no command takes a builder out. */
    private static void requireOwners(TrustFile file, Optional<TrustFile> previous) throws RefusedException {
        Optional<String> given = previous.flatMap(old -> file.trust().givesAwayOf(old.trust()));
        if (given.isPresent()) {
            throw new RefusedException(file.file().printable() + ": " + given.get());
        }
    }

    private static String holder(Arguments arguments, TrustFile file, Optional<TrustFile> previous, P256Key key)
            throws RefusedException {
        return name(file.trust().root(), key)
                .or(() -> previous.flatMap(old -> name(old.trust().root(), key)))
                .orElseThrow(() -> arguments.refused("the key " + key.id().hex() + " is no root key of "
                        + file.file().printable()
                        + "; the holder of a root key that has left also gives --previous FILE"));
    }

    private static Optional<String> name(RootKeys root, P256Key key) {
        return root.keys().stream()
                .filter(rootKey -> rootKey.key().equals(key))
                .map(RootKey::name)
                .findFirst();
    }
}
