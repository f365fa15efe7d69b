package dev.quorate.cli.export;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.export.InclusionProofs;
import dev.quorate.json.MalformedException;

/** Writes the log entries of a kit and their inclusion proofs. */
public final class ExportProof implements Command {
    @Override
    public Syntax syntax() {
        return VerifiedKit.syntax("export proof");
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        return VerifiedKit.read(arguments, here).export(arguments, here, InclusionProofs::of);
    }
}
