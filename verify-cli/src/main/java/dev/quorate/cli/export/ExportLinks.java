package dev.quorate.cli.export;

import dev.quorate.certificate.Certificate;
import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.key.Ed25519KeyFile;
import dev.quorate.export.Functionary;
import dev.quorate.export.LinkFiles;
import dev.quorate.export.TrustedLine;
import dev.quorate.json.MalformedException;
import java.time.Instant;
import java.util.List;

/** Writes an in-toto link and layout in the name of whoever runs this, and signs them with their Ed25519 key. */
public final class ExportLinks implements Command {
    private static final String STEP = "quorate-verified";

    @Override
    public Syntax syntax() {
        return VerifiedKit.syntax("export links").with(Option.required("key", "FILE"), Option.optional("name", "STEP"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        String step = arguments.optional("name", LinkFiles::step).orElse(STEP);
        var functionary = new Functionary(Ed25519KeyFile.read(GivenFile.of(here, arguments.value("key"))));
        VerifiedKit kit = VerifiedKit.read(arguments, here);
        return kit.export(arguments, here, lines -> links(kit, step, lines).sign(functionary));
    }

    private static LinkFiles links(VerifiedKit kit, String step, List<TrustedLine> lines) throws MalformedException {
        Certificate certificate = VerifiedKit.certificate(lines);
        Instant time = kit.report().time().orElse(certificate.time());
        return new LinkFiles(
                step,
                certificate.subjects(),
                kit.finding() + ", round " + certificate.round(),
                time.plus(kit.verifier().policy().freshness().duration()));
    }
}
