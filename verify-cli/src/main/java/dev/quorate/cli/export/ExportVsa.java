package dev.quorate.cli.export;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.export.CertificateFiles;
import dev.quorate.json.MalformedException;

/** Writes the certificate of a kit as files of its own. */
public final class ExportVsa implements Command {
    @Override
    public Syntax syntax() {
        return VerifiedKit.syntax("export vsa");
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        return VerifiedKit.read(arguments, here).export(arguments, here, CertificateFiles::of);
    }
}
