package dev.quorate.agent.work;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;

/** Fresh keys, each of which is never written down, and what this machine says over them. */
public interface HostVoices extends Voices {
    /**
     * A fresh key, and what makes it this machine's.
     *
     * @param evidence signed by it
     */
    record Shown(KeyPair pair, Envelope evidence) {}

    /** For whom the machine builds. */
    BuilderId self();

    /**
     * The machine's report over a binding.
     *
     * @throws IOException if it cannot be made
     */
    HostReport over(Sha256 binding) throws IOException, InterruptedException;

    @Override
    default Voice voice(RoundId round, Sha256 opening) throws IOException, InterruptedException {
        Shown shown = show(new Occasion.OfRound(round, opening));
        Signer fresh = new KeyPairSigner(shown.pair());
        return new Voice(fresh, Optional.of(new Introduction(fresh.publicKey(), shown.evidence())));
    }

    /** Shows this machine to a coordinator that asks. */
    default Shown show(Nonce nonce) throws IOException, InterruptedException {
        return show(new Occasion.OfEnrolment(nonce));
    }

    /** Shows this machine on any occasion. */
    default Shown show(Occasion occasion) throws IOException, InterruptedException {
        KeyPair pair = KeyPairSigner.generate();
        Signer fresh = new KeyPairSigner(pair);
        HostReport report = over(HostEvidence.binding(self(), occasion, fresh.publicKey()));
        var evidence = new HostEvidence(self(), occasion, fresh.publicKey(), report);
        try {
            return new Shown(pair, Envelope.sign(evidence.statement().bytes(), fresh));
        } catch (GeneralSecurityException e) {
            throw new IOException("a fresh key cannot sign: " + e.getMessage(), e);
        }
    }
}
