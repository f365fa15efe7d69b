package dev.quorate.cli.export;

import dev.quorate.certificate.Certificate;
import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.key.GivenKey;
import dev.quorate.dsse.Signer;
import dev.quorate.export.CertificateFiles;
import dev.quorate.export.ExportedFile;
import dev.quorate.export.SummaryFiles;
import dev.quorate.export.TrustedLine;
import dev.quorate.json.MalformedException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the certificate of a kit as files of its own, and a summary by whoever runs this if they give a key. */
public final class ExportVsa implements Command {
    @Override
    public Syntax syntax() {
        return VerifiedKit.syntax("export vsa")
                .with(Option.optional("key", "FILE"), Option.optional("verifier", "URI"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        Optional<String> verifier = arguments.optional("verifier", SummaryFiles::verifier);
        if (verifier.isPresent() != arguments.has("key")) {
            throw arguments.refused("--key and --verifier go together: whose summary it is, and the key that signs it");
        }
        Optional<Signer> signer = arguments.has("key")
                ? Optional.of(GivenKey.of(here, arguments.value("key")).open())
                : Optional.empty();
        VerifiedKit kit = VerifiedKit.read(arguments, here);
        return kit.export(arguments, here, lines -> {
            List<ExportedFile> files = new ArrayList<>(CertificateFiles.of(lines));
            if (signer.isPresent()) {
                files.addAll(summary(kit, lines, verifier.get(), here.now(), signer.get()));
            }
            return files;
        });
    }

    private static List<ExportedFile> summary(
            VerifiedKit kit, List<TrustedLine> lines, String verifier, Instant now, Signer signer)
            throws RefusedException, MalformedException {
        Certificate certificate = VerifiedKit.certificate(lines);
        var summary = new SummaryFiles(
                certificate,
                verifier,
                kit.verifier().policy().digest(),
                kit.report().reached(),
                kit.report().votes().size(),
                now);
        try {
            return summary.sign(signer);
        } catch (GeneralSecurityException e) {
            throw new RefusedException("the key cannot sign: " + e.getMessage(), e);
        }
    }
}
