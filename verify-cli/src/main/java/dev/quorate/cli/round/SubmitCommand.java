package dev.quorate.cli.round;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.cli.coordinator.ClientConfig;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.cli.key.GivenKey;
import dev.quorate.cli.spec.LockedSpec;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.RoundId;
import dev.quorate.round.Submission;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for a round over a locked spec: signed with the configured key, or in a Sigstore bundle that was signed elsewhere
 * by a maintainer's identity, over the statement that this writes.
 */
public final class SubmitCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("submit")
                .operands("SPEC", 1, 1)
                .with(
                        Option.repeated("claim", "FILE"),
                        Option.optional("statement", "FILE"),
                        Option.optional("bundle", "FILE"),
                        Option.flag("wait"),
                        Option.optional("config", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        LockedSpec spec =
                LockedSpec.read(GivenFile.of(here, arguments.operands().getFirst()));
        var submission = new Submission(spec.spec(), claims(arguments, here));
        if (arguments.has("statement")) {
            return statement(arguments, here, submission);
        }
        ClientConfig config = ClientConfig.find(arguments, here);
        Json.Obj wish = arguments.has("bundle")
                ? GivenBundle.over(submission, GivenFile.of(here, arguments.value("bundle")))
                : sign(submission, key(config).open()).json();
        try (var coordinator = Coordinator.connect(config)) {
            RoundId round = coordinator.submit(wish);
            if (arguments.has("wait")) {
                here.progress("round " + round);
                return Watching.toTheEnd(coordinator, round, here);
            }
            Json.Obj json = Json.object()
                    .put("round", round.text())
                    .put("spec", spec.spec().digest().toString())
                    .put("release", spec.spec().release().toString())
                    .build();
            return Answer.done(json, List.of(round.text(), "follow it with: quorate status " + round + " --watch"));
        }
    }

    /** What an identity signs: with cosign, {@code attest-blob --statement}. */
    private static Answer statement(Arguments arguments, Surroundings here, Submission submission)
            throws RefusedException {
        if (arguments.has("bundle") || arguments.has("wait")) {
            throw arguments.refused("--statement only writes what is to be signed; --bundle and --wait come after it");
        }
        String name = arguments.value("statement");
        WrittenFile.replace(here.path(name), submission.statement().bytes());
        Json.Obj json = Json.object()
                .put("statement", Printable.of(name))
                .put("spec", submission.spec().digest().toString())
                .build();
        return Answer.done(
                json,
                Printable.of(name)
                        + ": sign it, for example with cosign attest-blob --statement, and give the bundle with --bundle");
    }

    private static GivenKey key(ClientConfig config) throws RefusedException {
        return config.key()
                .orElseThrow(() -> new RefusedException(
                        config.file() + ": key is missing, and submissions are signed; make one with: quorate trust key"
                                + " -o FILE, or give what an identity signed with --bundle"));
    }

    private static List<Subject> claims(Arguments arguments, Surroundings here) throws RefusedException {
        List<Subject> claims = new ArrayList<>();
        for (String name : arguments.all("claim")) {
            GivenFile file = GivenFile.of(here, name);
            claims.add(new Subject(file.path().getFileName().toString(), file.sha256()));
        }
        return claims;
    }

    private static Envelope sign(Submission submission, Signer signer) throws RefusedException {
        try {
            return Envelope.sign(submission.statement().bytes(), signer);
        } catch (GeneralSecurityException e) {
            throw new RefusedException(e.getMessage(), e);
        }
    }
}
