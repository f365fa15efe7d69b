package dev.quorate.cli.export;

import dev.quorate.certificate.Certificate;
import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Ending;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.export.ExportedFile;
import dev.quorate.export.TrustedLine;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.kit.Kit;
import dev.quorate.policy.Policy;
import dev.quorate.spec.Release;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Report;
import dev.quorate.verify.TrustUpdates;
import dev.quorate.verify.Verifier;
import java.util.ArrayList;
import java.util.List;

/** A kit that was checked before anything is made of it; no artifact is looked at. */
record VerifiedKit(GivenFile file, byte[] bytes, Verifier verifier, Report report) {
    private static final int MAX_POLICY = 64 * 1024;

    /** Makes files of the lines of a good kit. */
    interface Export {
        List<ExportedFile> of(List<TrustedLine> lines) throws RefusedException, MalformedException;
    }

    static Syntax syntax(String name) {
        return Syntax.of(name)
                .operands("KIT", 1, 1)
                .with(
                        Option.required("o", "DIR"),
                        Option.required("trust", "FILE"),
                        Option.required("policy", "FILE"),
                        Option.optional("expect", "NAME@VERSION"));
    }

    static VerifiedKit read(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        GivenFile file = GivenFile.of(here, arguments.operands().getFirst());
        GivenFile trust = GivenFile.of(here, arguments.value("trust"));
        GivenFile policy = GivenFile.of(here, arguments.value("policy"));
        var verifier = new Verifier(
                SignedTrust.parse(trust.bytes(SignedTrust.MAX_BYTES), trust.printable()),
                Policy.parse(policy.bytes(MAX_POLICY), policy.printable()),
                here.now(),
                arguments.optional("expect", Release::parse));
        byte[] bytes = file.bytes(Kit.MAX_BYTES);
        return new VerifiedKit(file, bytes, verifier, verifier.verify(List.of(), bytes, file.printable()));
    }

    /** Writes the export, or says why there is none. */
    Answer export(Arguments arguments, Surroundings here, Export export) throws RefusedException, MalformedException {
        if (report.outcome() != Report.Outcome.VERIFIED) {
            return nothing();
        }
        Kit kit = Kit.parse(bytes, file.printable());
        List<ExportedFile> files = export.of(TrustedLine.of(
                kit,
                TrustUpdates.of(kit, verifier.trust().trust()).trust(),
                report.time().orElse(verifier.now())));
        String name = arguments.value("o");
        ExportDirectory.create(here.path(name)).write(files);
        String directory = Printable.of(name);
        List<String> names = files.stream().map(ExportedFile::name).toList();
        List<String> lines = new ArrayList<>();
        names.forEach(written -> lines.add(directory + "/" + written));
        lines.add("exported  " + finding());
        Json.Obj json = json().put("directory", directory)
                .put("files", Json.strings(names))
                .build();
        return Answer.done(json, lines);
    }

    /** The certificate that a verified kit has. */
    static Certificate certificate(List<TrustedLine> lines) throws MalformedException {
        for (TrustedLine line : lines) {
            if (line.predicateType().equals(Certificate.TYPE)) {
                return Certificate.parse(line.payload());
            }
        }
        throw new MalformedException("kit", "has no certificate");
    }

    /** What the check found, in a sentence. */
    String finding() {
        return report.release().map(Release::toString).orElse("") + ": " + report.reached() + " operators agree ("
                + report.required() + " needed)";
    }

    private Answer nothing() {
        String reason = report.refusals().stream()
                .findFirst()
                .map(refusal -> "REFUSED   " + refusal.code() + ": " + Printable.of(refusal.detail()))
                .orElse("UNDECIDED the round is not decided yet");
        return new Answer(
                report.outcome() == Report.Outcome.REFUSED ? Ending.NEGATIVE : Ending.UNDECIDED,
                json().put("files", Json.arr(List.of())).build(),
                List.of(file.printable() + ": nothing is exported of a kit that does not verify", reason));
    }

    private Json.Builder json() {
        List<Json.Obj> refusals = report.refusals().stream()
                .map(refusal -> Json.object()
                        .put("code", refusal.code().name())
                        .put("detail", refusal.detail())
                        .build())
                .toList();
        return Json.object()
                .put("kit", file.printable())
                .put("verdict", report.outcome().name())
                .put("refusals", Json.arr(refusals));
    }
}
