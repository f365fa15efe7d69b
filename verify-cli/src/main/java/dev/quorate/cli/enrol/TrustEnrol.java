package dev.quorate.cli.enrol;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.dsse.Base64Text;
import dev.quorate.host.credential.CredentialMaker;
import dev.quorate.host.credential.MadeCredential;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** Has a machine prove which TPM it has, by files; see the package for them. */
public final class TrustEnrol implements Command {
    private static final String USUAL_TPM = "device:/dev/tpmrm0";
    private static final String KEPT = ".kept";
    private static final int MAX_BYTES = 64 * 1024;

    @Override
    public Syntax syntax() {
        return Syntax.of("trust enrol")
                .operands("claim|challenge|answer|record [FILE]", 1, 2)
                .with(
                        Option.required("o", "FILE"),
                        Option.optional("id", "NAME"),
                        Option.optional("tcti", "TCTI"),
                        Option.optional("answer", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        String step = arguments.operands().getFirst();
        return switch (step) {
            case "claim" -> claim(arguments, here);
            case "challenge" -> challenge(arguments, here);
            case "answer" -> answer(arguments, here);
            case "record" -> record(arguments, here);
            default -> throw arguments.refused(Printable.quote(step) + " is none of claim, challenge, answer, record");
        };
    }

    private static Answer claim(Arguments arguments, Surroundings here) throws RefusedException, InterruptedException {
        fitting(arguments, 1, "id", "tcti");
        if (!arguments.has("id")) {
            throw arguments.refused("a claim needs --id, the builder's name or, for a machine that only keeps keys, a"
                    + " name that no builder has");
        }
        Claim claim = machine(arguments).claim(arguments.value("id", BuilderId::parse));
        String file = write(arguments, here, claim.json().build());
        return done(
                arguments,
                claim,
                file + ": which TPM this machine says it has, host "
                        + claim.endorsement().keyDigest(),
                "take it to a root key holder, who runs: quorate trust enrol challenge " + file + " -o FILE");
    }

    private static Answer challenge(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        fitting(arguments, 2);
        Fields in = given(arguments, here);
        Claim claim = Claim.read(in);
        in.end();
        var random = new SecureRandom();
        var credential = new byte[CredentialMaker.LONGEST];
        random.nextBytes(credential);
        MadeCredential made = credential(in, claim, credential, random);
        Json.Obj kept =
                claim.json().put("credential", Base64Text.encode(credential)).build();
        String name = arguments.value("o") + KEPT;
        WrittenFile.createSecret(here.path(name), CanonicalJson.bytes(kept));
        String file = write(
                arguments,
                here,
                Json.object()
                        .put("blob", Base64Text.encode(made.blob()))
                        .put("secret", Base64Text.encode(made.secret()))
                        .build());
        return done(
                arguments,
                claim,
                file + ": what only the TPM of host " + claim.endorsement().keyDigest() + " can read",
                Printable.of(name) + ": what it should read there; keep it here, for you alone",
                "on that machine: quorate trust enrol answer " + file + " -o FILE");
    }

    private static MadeCredential credential(Fields in, Claim claim, byte[] credential, SecureRandom random)
            throws MalformedException {
        if (!(claim.endorsement().certificate().getPublicKey() instanceof RSAPublicKey endorsement)) {
            throw in.wrong("endorsement", "must certify an RSA key with 2048 bits, as TPMs' default template has it");
        }
        try {
            return CredentialMaker.make(endorsement, claim.attestation(), credential, random);
        } catch (IllegalArgumentException e) {
            throw in.wrong("endorsement", "does not fit: " + e.getMessage());
        }
    }

    private static Answer answer(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        fitting(arguments, 2, "tcti");
        Fields in = given(arguments, here);
        var challenge =
                new MadeCredential(in.string("blob", Base64Text::decode), in.string("secret", Base64Text::decode));
        in.end();
        byte[] read = machine(arguments).activate(challenge);
        Json.Obj answer =
                Json.object().put("credential", Base64Text.encode(read)).build();
        String file = write(arguments, here, answer);
        return Answer.done(
                Json.object().put("file", file).build(),
                file + ": this machine's TPM has read it; take it to whoever gave out the challenge");
    }

    private static Answer record(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        fitting(arguments, 2, "answer");
        if (!arguments.has("answer")) {
            throw arguments.refused("a record needs --answer, what the machine wrote");
        }
        Fields kept = given(arguments, here);
        Claim claim = Claim.read(kept);
        byte[] expected = kept.string("credential", Base64Text::decode);
        kept.end();
        Fields answer = fields(GivenFile.of(here, arguments.value("answer")));
        byte[] read = answer.string("credential", Base64Text::decode);
        answer.end();
        if (!MessageDigest.isEqual(expected, read)) {
            throw answer.wrong(
                    "credential", "is not what was asked: its key is not in that TPM, or it answers another challenge");
        }
        String file = write(arguments, here, claim.record().json());
        return done(
                arguments,
                claim,
                file + ": host " + claim.endorsement().keyDigest()
                        + " has proven that its attestation key is in the TPM of its endorsement certificate",
                "add it with: quorate trust add FILE key-host --record " + file
                        + " --maker NAME, or host for a builder's machine");
    }

    /** The options that belong to a step, and how many operands it has. */
    private static void fitting(Arguments arguments, int operands, String... options) throws RefusedException {
        String step = arguments.operands().getFirst();
        if (arguments.operands().size() != operands) {
            throw arguments.refused(operands == 1 ? "a claim is made of no file" : step + " needs one file");
        }
        for (String option : List.of("id", "tcti", "answer")) {
            if (arguments.has(option) && !List.of(options).contains(option)) {
                throw arguments.refused("--" + option + " does not belong to " + step);
            }
        }
    }

    private static Machine machine(Arguments arguments) {
        return new Machine(arguments.optional("tcti").orElse(USUAL_TPM));
    }

    private static Fields given(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        return fields(GivenFile.of(here, arguments.operands().get(1)));
    }

    private static Fields fields(GivenFile file) throws RefusedException, MalformedException {
        return Fields.of(JsonReader.read(file.bytes(MAX_BYTES), MAX_BYTES, file.printable()), file.printable());
    }

    private static String write(Arguments arguments, Surroundings here, Json.Obj content) throws RefusedException {
        WrittenFile.create(here.path(arguments.value("o")), CanonicalJson.bytes(content));
        return Printable.of(arguments.value("o"));
    }

    private static Answer done(Arguments arguments, Claim claim, String... lines) {
        Json.Obj json = Json.object()
                .put("file", Printable.of(arguments.value("o")))
                .put("builder", claim.builder().text())
                .put("host", claim.endorsement().keyDigest().hex())
                .build();
        return Answer.done(json, List.of(lines));
    }
}
