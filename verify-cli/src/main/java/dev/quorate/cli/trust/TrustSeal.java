package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.cli.key.GivenKey;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.SealJudge;
import dev.quorate.host.SealJudgement;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.key.CertifiedKey;
import dev.quorate.key.TpmKey;
import dev.quorate.key.UnusableKeyException;
import dev.quorate.trust.KeyEvidence;
import dev.quorate.trust.PcrValues;
import java.util.List;
import java.util.Optional;

/** Has a TPM certify a key that it keeps: the evidence that root key holders put beside it. */
public final class TrustSeal implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust seal").with(Option.required("key", "tpm:FILE"), Option.required("o", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, InterruptedException {
        GivenKey given = GivenKey.of(here, arguments.value("key"));
        if (!(given.reference() instanceof TpmKey reference)) {
            throw arguments.refused("only a key in a TPM can be shown to be there; give --key tpm:FILE");
        }
        P256Key key = given.open().publicKey();
        KeyEvidence evidence = evidence(reference);
        Optional<SealJudgement.Refused> objection = SealJudge.objection(key, evidence);
        if (objection.isPresent()) {
            throw arguments.refused("nobody would accept the evidence, "
                    + Printable.of(objection.get().toString())
                    + "; run it while the PCRs hold what they held when the key was made");
        }
        String file = Printable.of(arguments.value("o"));
        WrittenFile.replace(here.path(arguments.value("o")), CanonicalJson.bytes(evidence.json()));
        Json.Obj json = Json.object()
                .put("file", file)
                .put("key", key.id().hex())
                .put("attestation", evidence.ak().id().hex())
                .put("pcrs", evidence.pcrs().json())
                .build();
        return Answer.done(
                json,
                List.of(
                        file + ": the TPM certifies that it keeps the key " + key.id()
                                + " and signs with it in this state alone",
                        "root key holders add it with: quorate trust add FILE seal --record " + file
                                + " --profile NAME"));
    }

    private static KeyEvidence evidence(TpmKey reference) throws RefusedException, InterruptedException {
        try {
            CertifiedKey certified = reference.certify();
            return new KeyEvidence(
                    AttestationKey.of(certified.attestationKey()).key(),
                    Octets.of(certified.publicArea()),
                    Octets.of(certified.certification()),
                    Octets.of(certified.signature()),
                    new PcrValues(certified.pcrs()));
        } catch (UnusableKeyException e) {
            throw new RefusedException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the TPM's attestation key " + e.getMessage(), e);
        }
    }
}
