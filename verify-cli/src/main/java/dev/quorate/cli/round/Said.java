package dev.quorate.cli.round;

import dev.quorate.certificate.Certificate;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.intoto.Statement;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.LogIndex;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.trust.TrustRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the lines of a kit say, each signed by the key that its own log entry names. Whether that key is anybody's is not
 * asked here: this is for explaining, not for deciding.
 *
 * @param changes of hosts, in the order of the log
 */
record Said(
        Optional<RoundOpening> opening,
        List<HostChange> changes,
        List<Commitment> commitments,
        List<BuildProof> proofs,
        Optional<Certificate> certificate) {
    private static final int MAX_BODY = 65_535;

    static Said read(byte[] kit, String name) throws MalformedException {
        Optional<RoundOpening> opening = Optional.empty();
        SortedMap<LogIndex, HostChange> changes = new TreeMap<>();
        List<Commitment> commitments = new ArrayList<>();
        List<BuildProof> proofs = new ArrayList<>();
        Optional<Certificate> certificate = Optional.empty();
        int number = 0;
        for (Bundle bundle : Kit.parse(kit, name).bundles()) {
            number++;
            String line = name + ":" + number;
            VerifiedPayload payload = bundle.envelope()
                    .verify(signer(bundle, line))
                    .orElseThrow(() -> new MalformedException(line, "its signature is not by the key that it names"));
            switch (Statement.parse(payload, line).predicateType()) {
                case RoundOpening.TYPE -> opening = Optional.of(RoundOpening.parse(payload));
                case HostEvidence.TYPE -> HostEvidence.parse(payload);
                case HostChange.TYPE -> changes.put(bundle.entry().index(), HostChange.parse(payload));
                case Commitment.TYPE -> commitments.add(Commitment.parse(payload));
                case BuildProof.TYPE -> proofs.add(BuildProof.parse(payload));
                case Certificate.TYPE -> certificate = Optional.of(Certificate.parse(payload));
                case TrustRoot.TYPE -> {
                    // A later version of the trust root says nothing of the round.
                }
                default -> throw new MalformedException(line, "is a kind of statement that has no place in a kit");
            }
        }
        return new Said(
                opening, List.copyOf(changes.values()), List.copyOf(commitments), List.copyOf(proofs), certificate);
    }

    private static P256Key signer(Bundle bundle, String line) throws MalformedException {
        Fields body = Fields.of(JsonReader.read(bundle.entry().body(), MAX_BODY, line), line);
        return body.object("spec")
                .object("hashedRekordV002")
                .object("signature")
                .object("verifier")
                .object("publicKey")
                .string("rawBytes", text -> P256Key.ofSpki(Base64Text.decode(text)));
    }
}
