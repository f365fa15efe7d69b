package dev.quorate.cli.round;

import dev.quorate.certificate.Certificate;
import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Ending;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.coordinator.ClientConfig;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.cli.trust.SigstoreTrustedRoot;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.SignedTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches what a certified round made, with its kit and the coordinator's trust root. */
public final class FetchCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("fetch")
                .operands("ROUND", 1, 1)
                .with(Option.required("o", "DIR"), Option.optional("config", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        RoundId round = arguments.operand(0, RoundId::parse);
        String name = arguments.value("o");
        try (var coordinator = Coordinator.connect(ClientConfig.find(arguments, here));
                var directory = NewDirectory.at(here.path(name))) {
            byte[] kit = coordinator.kit(round);
            Said said = Said.read(kit, "kit of " + round);
            List<Output.File> files = winner(said).map(OutputSet::files).orElse(List.of());
            for (Output.File file : files) {
                here.moving("fetching " + Printable.of(file.path().text()));
                directory.download(file, coordinator);
                directory.write(file.path().text() + ".sigstore.jsonl", kit);
            }
            here.still();
            if (files.isEmpty()) {
                directory.write(round + ".sigstore.jsonl", kit);
            }
            byte[] trust = coordinator.trust();
            directory.write("trust.json", trust);
            directory.write("trusted_root.json", trustedRoot(trust));
            directory.publish();
            return answer(round, Printable.of(name), said, files);
        }
    }

    /** The output set whose files the certificate names. */
    private static Optional<OutputSet> winner(Said said) {
        return said.certificate()
                .filter(c -> c.verdict() == Verdict.CERTIFIED)
                .flatMap(certificate -> said.proofs().stream()
                        .flatMap(proof -> proof.outcome() instanceof Outcome.Built(OutputSet outputs)
                                ? Optional.of(outputs).stream()
                                : Optional.<OutputSet>empty().stream())
                        .filter(outputs -> Certificate.files(outputs).equals(certificate.subjects()))
                        .findFirst());
    }

    /** The same for Sigstore's own clients. */
    private static byte[] trustedRoot(byte[] trust) throws MalformedException {
        return CanonicalJson.bytes(SigstoreTrustedRoot.of(
                SignedTrust.parse(trust, "the coordinator's trust root").trust()));
    }

    private static Answer answer(RoundId round, String directory, Said said, List<Output.File> files) {
        String verdict = said.certificate().map(c -> c.verdict().name()).orElse("PENDING");
        List<String> names = files.stream().map(file -> file.path().text()).toList();
        Json.Obj json = Json.object()
                .put("round", round.text())
                .put("verdict", verdict)
                .put("directory", directory)
                .put("outputs", Json.strings(names))
                .build();
        List<String> lines = new ArrayList<>();
        names.forEach(file -> lines.add(directory + "/" + Printable.of(file)));
        lines.add(verdict + "  " + files.size() + (files.size() == 1 ? " output" : " outputs")
                + ", the kit and trust.json are in " + directory
                + "; check them under your own trust root with: quorate verify");
        return new Answer(ending(verdict), json, lines);
    }

    private static Ending ending(String verdict) {
        return switch (verdict) {
            case "CERTIFIED" -> Ending.POSITIVE;
            case "PENDING" -> Ending.UNDECIDED;
            default -> Ending.NEGATIVE;
        };
    }
}
