package dev.quorate.cli.enrol;

import dev.quorate.cli.RefusedException;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.host.credential.MadeCredential;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.tpm.Scratch;
import dev.quorate.tpm.Tpm2Tools;
import dev.quorate.tpm.TpmException;
import dev.quorate.tpm.TpmIdentity;
import dev.quorate.trust.DerCertificate;
import java.io.IOException;

/**
 * The machine that proves its TPM.
 *
 * @param tcti how to reach it
 */
record Machine(String tcti) {
    /** Asks the TPM something. */
    private interface Question<T> {
        T of(TpmIdentity tpm) throws IOException, InterruptedException;
    }

    Claim claim(BuilderId builder) throws RefusedException, InterruptedException {
        return ask(tpm -> {
            try {
                return new Claim(
                        builder,
                        DerCertificate.of(tpm.endorsementCertificate()),
                        AttestationKey.of(tpm.attestationArea()));
            } catch (IllegalArgumentException e) {
                throw new TpmException("what the TPM says of itself " + e.getMessage());
            }
        });
    }

    /** Only the TPM for which it was made can read it. */
    byte[] activate(MadeCredential credential) throws RefusedException, InterruptedException {
        return ask(tpm -> tpm.activate(credential.toolsFile()));
    }

    private <T> T ask(Question<T> question) throws RefusedException, InterruptedException {
        try (var scratch = new Scratch()) {
            return question.of(new TpmIdentity(new Tpm2Tools(tcti, scratch.directory())));
        } catch (TpmException e) {
            throw new RefusedException(
                    "the TPM at " + Printable.of(tcti) + " does not answer: " + Printable.of(e.getMessage()), e);
        } catch (IOException e) {
            throw new RefusedException("the temporary directory cannot be used: " + Printable.of(e.getMessage()), e);
        }
    }
}
