package dev.quorate.cli.verify;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Kit;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;

/** Checks artifacts offline. */
public final class VerifyCommand implements Command {
    @Override
    public Syntax syntax() {
        return Checks.syntax("verify").with(Option.required("kit", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        Verifier verifier = Checks.verifier(arguments, here);
        GivenFile kit = GivenFile.of(here, arguments.value("kit"));
        byte[] bytes = kit.bytes(Kit.MAX_BYTES);
        Report report = verifier.verify(Artifacts.hash(here, arguments.operands()), bytes, kit.printable());
        return new Answer(ReportText.ending(report), report.json(), ReportText.lines(report));
    }
}
