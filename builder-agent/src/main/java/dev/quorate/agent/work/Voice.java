package dev.quorate.agent.work;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * A key that a builder speaks with.
 *
 * @param introduction what makes it this builder's; the trust root does, where there is none
 */
public record Voice(Signer signer, Optional<Introduction> introduction) {
    /** A machine that says what state it is in. */
    public interface Machine {
        /**
         * A report over a binding.
         *
         * @throws IOException if it cannot be made
         */
        HostReport over(Sha256 binding) throws IOException, InterruptedException;
    }

    /** A fresh key for a round, and what a machine says over it. */
    public static Voice fresh(BuilderId self, RoundId round, Sha256 opening, Machine machine)
            throws IOException, InterruptedException {
        Signer fresh = new KeyPairSigner(KeyPairSigner.generate());
        var occasion = new Occasion.OfRound(round, opening);
        HostReport report = machine.over(HostEvidence.binding(self, occasion, fresh.publicKey()));
        var evidence = new HostEvidence(self, occasion, fresh.publicKey(), report);
        try {
            Envelope envelope = Envelope.sign(evidence.statement().bytes(), fresh);
            return new Voice(fresh, Optional.of(new Introduction(fresh.publicKey(), envelope)));
        } catch (GeneralSecurityException e) {
            throw new IOException("a fresh key cannot sign: " + e.getMessage(), e);
        }
    }
}
