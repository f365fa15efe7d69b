package dev.quorate.it.rounds;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.policy.Policy;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Openness;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import dev.quorate.trust.Principal;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A round that ended well. The kit's lines are the opening, a commitment of each builder, a proof of each builder, and
 * the certificate.
 *
 * @param policy the coordinator's and, here, also the user's
 */
public record CertifiedRound(Kit kit, SignedTrust trust, Policy policy, P256Key certifier, List<P256Key> builders) {
    private static final String CERTIFIER = "quorate.example";

    public CertifiedRound {
        builders = List.copyOf(builders);
    }

    /** A round of as many builders, each its own operator, that all made these outputs in the minute after that time. */
    public static CertifiedRound of(Instant start, int builders, OutputSet outputs) throws Exception {
        return new Play(start, builders).run(new Outcome.Built(outputs));
    }

    /** Line number of a builder's proof, counted from 0. */
    public int proofLine(int builder) {
        return 1 + builders.size() + builder;
    }

    /** Line number of the certificate. */
    public int certificateLine() {
        return 1 + 2 * builders.size();
    }

    /** The same round with another certificate's line and another trust root. */
    public CertifiedRound with(Bundle certificate, SignedTrust other) {
        List<Bundle> lines = new ArrayList<>(kit.bundles());
        lines.set(certificateLine(), certificate);
        return new CertifiedRound(new Kit(lines), other, policy, certifier, builders);
    }

    private static final class Play {
        private final Instant start;
        private final RoundId round = RoundId.ofRandom(new byte[16]);
        private final RebuildSpec spec;
        private final Policy policy;
        private final Logbook log = new Logbook("log.quorate.example");
        private final Signer root = signer();
        private final Signer certifier = signer();
        private final List<Signer> signers = new ArrayList<>();
        private final List<BuilderId> names = new ArrayList<>();

        Play(Instant start, int builders) throws Exception {
            this.start = start;
            String policyText = "{threshold: " + (builders / 2 + 1)
                    + ", hosts: none, dissent: blocks, witnesses: 0, freshness: 90d}";
            this.policy = Policy.parse(policyText.getBytes(StandardCharsets.UTF_8), "policy.yaml");
            this.spec = RebuildSpec.parse(
                    """
                    format: quorate/rebuild/v1
                    name: hello
                    version: "1.0"
                    platform: linux/amd64
                    environment: {debian: bookworm}
                    sources: [{inline: hello.c, text: "int main(void) { return 0; }"}]
                    build: {kind: script, directory: /build/hello, script: make}
                    outputs: [hello]
                    limits: {time: 1m, memory: 1GiB, disk: 1GiB, log: 1MiB}
                    locked:
                      - {role: environment, path: gcc.deb, from: "pkg:deb/debian/gcc@12?arch=amd64", size: 3, sha256: %s}
                    """.formatted(Sha256.of("gcc").hex()).getBytes(StandardCharsets.UTF_8), "hello.rebuild.yaml");
            for (int i = 1; i <= builders; i++) {
                signers.add(signer());
                names.add(new BuilderId("b" + i));
            }
        }

        private static Signer signer() {
            return new KeyPairSigner(KeyPairSigner.generate());
        }

        CertifiedRound run(Outcome outcome) throws Exception {
            RoundOpening opened = RoundOpening.of(round, spec, policy, names, start);
            Logged<RoundOpening> opening = log.say(opened, opened.statement(), certifier);
            List<Logged<Commitment>> commitments = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                Commitment commitment = Commitment.to(spec.digest(), round, names.get(i), nonce(i), outcome.digest());
                commitments.add(log.say(commitment, commitment.statement(), signers.get(i)));
            }
            List<Logged<BuildProof>> proofs = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                BuildProof proof = proof(i, outcome, commitments.get(i).index());
                proofs.add(log.say(proof, proof.statement(), signers.get(i)));
            }
            Instant end = start.plusSeconds(60);
            TrustRoot trust = trust();
            Tally tally = Tally.of(policy, trust, new RoundRecord(opening, commitments, proofs, end), Openness.CLOSED);
            List<Sha256> digests = proofs.stream().map(Logged::digest).toList();
            Certificate certificate = Certificate.of(opened, tally, digests, CERTIFIER, end);
            log.say(certificate, certificate.statement(), certifier);
            return new CertifiedRound(
                    log.kit(),
                    SignedTrust.unsigned(trust).sign(root),
                    policy,
                    certifier.publicKey(),
                    signers.stream().map(Signer::publicKey).toList());
        }

        private BuildProof proof(int i, Outcome outcome, long commitment) {
            return new BuildProof(
                    spec.digest(),
                    round,
                    names.get(i),
                    outcome,
                    nonce(i),
                    OptionalLong.of(commitment),
                    Dependency.of(spec),
                    Sha256.of("log"),
                    Sha256.of("environment"),
                    start,
                    start.plusSeconds(10));
        }

        private static Nonce nonce(int i) {
            var bytes = new byte[32];
            bytes[0] = (byte) i;
            return Nonce.of(bytes);
        }

        private TrustRoot trust() throws GeneralSecurityException {
            List<TrustedBuilder> trusted = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                String number = String.valueOf(i + 1);
                trusted.add(new TrustedBuilder(
                        names.get(i), "op-" + number, "zone-" + number, "intel", List.of(timed(signers.get(i)))));
            }
            return new TrustRoot(
                    1,
                    start.plus(Duration.ofDays(365)),
                    new RootKeys(1, List.of(new RootKey("alice", root.publicKey()))),
                    trusted,
                    List.of(new Principal(CERTIFIER, List.of(timed(certifier)))),
                    List.of(),
                    List.of(log.key()),
                    List.of(),
                    List.of());
        }

        private TimedKey timed(Signer signer) {
            return new TimedKey(signer.publicKey(), start.minus(Duration.ofDays(1)), Optional.empty());
        }
    }
}
