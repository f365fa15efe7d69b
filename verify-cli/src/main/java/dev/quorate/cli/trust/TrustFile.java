package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.WrittenFile;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;

/** A trust root in its file. */
record TrustFile(GivenFile file, SignedTrust signed) {
    static TrustFile read(GivenFile file) throws RefusedException, MalformedException {
        return new TrustFile(file, SignedTrust.parse(file.bytes(SignedTrust.MAX_BYTES), file.printable()));
    }

    TrustRoot trust() {
        return signed.trust();
    }

    /** The version that an edit is part of: this one while it is a draft, else the next. */
    int draftVersion() {
        return signed.signatures().isEmpty() ? trust().version() : trust().version() + 1;
    }

    /** Writes a draft, if it can be read again. */
    Answer keep(TrustRoot edited, String what) throws RefusedException, MalformedException {
        byte[] bytes = SignedTrust.unsigned(edited).bytes();
        SignedTrust.parse(bytes, file.printable());
        WrittenFile.replace(file.path(), bytes);
        Json.Obj json = Json.object()
                .put("file", file.printable())
                .put("version", edited.version())
                .put("signatures", 0)
                .put("did", what)
                .build();
        String next = "version " + edited.version() + " is a draft; root key holders sign it with: quorate trust sign "
                + file.printable() + " --key FILE";
        return Answer.done(json, java.util.List.of(file.printable() + ": " + what, next));
    }
}
