package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.HostState;
import dev.quorate.intoto.Statement;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A coordinator with all its keys, and builders that help it, who pass off votes of machines that have shown nothing good
 * as counted ones, in a log where every other line is where it was; or call machines lost that are not.
 */
final class FalseCertifier {
    private final KitCheck check;
    private final CountCheck counts;
    private final Quotes quotes;
    private final Chance chance;
    private final SignedTrust trust;
    private final Instant now;
    private final FreshKeys keys = new FreshKeys();

    FalseCertifier(KitCheck check, CountCheck counts, Quotes quotes, Chance chance, SignedTrust trust, Instant now) {
        this.check = check;
        this.counts = counts;
        this.quotes = quotes;
        this.chance = chance;
        this.trust = trust;
        this.now = now;
    }

    /**
     * Tries one of its crimes on a round that is certified.
     *
     * @param threshold operators that the policy asks for
     */
    void attack(List<Testimony> lines, int threshold) throws IOException {
        Certificate honest = Testimony.certificates(lines).getFirst().value();
        RoundRecord record = record(lines, honest.time());
        List<BuildProof> voting = Testimony.proofs(lines).stream()
                .map(proof -> proof.value())
                .filter(proof -> trust.trust().builder(proof.builder()).isPresent())
                .filter(proof -> proof.outcome() instanceof Outcome.Built built
                        && Certificate.files(built.outputs()).equals(honest.subjects()))
                .toList();
        OutputSet outputs = ((Outcome.Built) voting.getFirst().outcome()).outputs();
        if (verify(lines, outputs).outcome() != Report.Outcome.VERIFIED) {
            throw new Violation("CORRUPT", "what a false certifier would change is refused as it is");
        }
        if (chance.oneIn(4)) {
            List<Testimony> more = new ArrayList<>(lines);
            more.add(loss(voting.getFirst().builder(), record, lines));
            if (verify(more, outputs).outcome() != Report.Outcome.VERIFIED) {
                throw new Violation("CORRUPT", "a notice takes a vote away");
            }
            return;
        }
        if (chance.oneIn(6)) {
            dropEvidence(lines, outputs);
            return;
        }
        int crime = chance.below(6);
        List<Testimony> changed = new ArrayList<>(lines);
        changed.removeIf(line -> line.kind() == EnvelopeKind.CERTIFICATE);
        int left = counts.operatorsOf(outputs.digest(), record, trust.trust()).size();
        for (BuilderId builder :
                voting.stream().map(BuildProof::builder).distinct().toList()) {
            if (left-- >= threshold) {
                pass(crime, builder, changed);
            }
        }
        certify(changed, honest, outputs, crime);
    }

    /** Leaves out what one machine showed, which every certificate names. */
    private void dropEvidence(List<Testimony> lines, OutputSet outputs) throws IOException {
        List<Testimony> named = lines.stream()
                .filter(line -> line.value() instanceof HostEvidence shown
                        && trust.trust().builder(shown.builder()).isPresent())
                .toList();
        Testimony dropped = chance.of(named);
        List<Testimony> left = lines.stream().filter(line -> line != dropped).toList();
        if (verify(left, outputs).outcome() != Report.Outcome.REFUSED) {
            throw new Violation("CORRUPT", "a kit that lost evidence is believed");
        }
    }

    private void certify(List<Testimony> changed, Certificate honest, OutputSet outputs, int crime) throws IOException {
        RoundRecord record = record(changed, honest.time());
        List<Sha256> named = Certificate.named(record, trust.trust());
        var forged = new Certificate(
                honest.subjects(),
                honest.certifier(),
                honest.release(),
                honest.time(),
                honest.policy(),
                named,
                honest.levels(),
                honest.round(),
                honest.spec(),
                Verdict.CERTIFIED);
        Envelope envelope = Cast.sign(forged.statement(), Cast.CERTIFIER_KEY);
        changed.add(Testimony.of(EnvelopeKind.CERTIFICATE, envelope, Cast.CERTIFIER_KEY.publicKey(), forged)
                .at(end(changed)));
        Report report = verify(changed, outputs);
        int operators =
                counts.operatorsOf(outputs.digest(), record, trust.trust()).size();
        if (report.outcome() == Report.Outcome.VERIFIED && operators != report.reached()) {
            throw new Violation(
                    "CORRUPT",
                    "votes of " + report.reached() + " operators count, and " + operators
                            + " have shown good machines: crime " + crime);
        }
    }

    /** Has a builder's vote come from nothing good. */
    private void pass(int crime, BuilderId builder, List<Testimony> lines) {
        List<Testimony> shown = lines.stream()
                .filter(line ->
                        line.value() instanceof HostEvidence e && e.builder().equals(builder))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        var evidence = (HostEvidence) shown.getFirst().value();
        switch (crime) {
            case 0 -> lines.removeAll(shown);
            case 1 -> {
                // Logged after what it vouches for.
                lines.removeAll(shown);
                shown.forEach(line -> lines.add(line.at(end(lines))));
            }
            case 2 -> speak(builder, keys.next(), lines);
            case 3 -> speak(builder, Cast.BUILDERS.get(builder), lines);
            case 4 -> {
                // A quote over another key, or of another machine.
                Signer fresh = keys.next();
                HostReport report = chance.of(Testimony.evidence(lines)).value().report();
                replace(shown, new HostEvidence(builder, evidence.occasion(), fresh.publicKey(), report), fresh, lines);
            }
            default -> {
                Signer fresh = keys.next();
                var host = new SimulatedHost(builder, quotes);
                host.tamper(chance.below(3));
                HostReport report = host.quote(builder, evidence.occasion(), fresh.publicKey());
                replace(shown, new HostEvidence(builder, evidence.occasion(), fresh.publicKey(), report), fresh, lines);
            }
        }
    }

    /** Shows that in the place of what was shown, or besides. */
    private void replace(List<Testimony> shown, HostEvidence by, Signer signer, List<Testimony> lines) {
        if (chance.oneIn(2)) {
            lines.removeAll(shown);
        }
        lines.add(again(EnvelopeKind.EVIDENCE, by.statement(), by, signer, free(lines)));
        speak(by.builder(), signer, lines);
    }

    /** The same commitment, proof or both in the same places, signed with that key. */
    private void speak(BuilderId builder, Signer signer, List<Testimony> lines) {
        int which = chance.below(3);
        lines.replaceAll(line -> switch (line.value()) {
            case Commitment said
            when which != 0 && said.builder().equals(builder) ->
                again(line.kind(), said.statement(), said, signer, line.index());
            case BuildProof said
            when which != 1 && said.builder().equals(builder) ->
                again(line.kind(), said.statement(), said, signer, line.index());
            default -> line;
        });
    }

    private static Testimony again(EnvelopeKind kind, Statement statement, Object value, Signer signer, long index) {
        return Testimony.of(kind, Cast.sign(statement, signer), signer.publicKey(), value)
                .at(index);
    }

    private static long end(List<Testimony> lines) {
        return lines.stream().mapToLong(Testimony::index).max().orElseThrow() + 1;
    }

    /** Logged in a place before the certificate that nothing of the round has. */
    private Testimony loss(BuilderId builder, RoundRecord record, List<Testimony> lines) {
        var named = trust.trust().builder(builder).orElseThrow();
        var change = new HostChange(
                builder,
                named.operator(),
                named.zone(),
                Optional.empty(),
                HostState.LOST,
                "PCR_UNEXPECTED: says who",
                record.time(),
                Sha256.of("nothing"));
        return again(EnvelopeKind.NOTICE, change.statement(), change, Cast.CERTIFIER_KEY, free(lines));
    }

    /** The first place after the opening that nothing of the round has. */
    private static long free(List<Testimony> lines) {
        Set<Long> taken = lines.stream().map(Testimony::index).collect(Collectors.toSet());
        long index = Testimony.opening(lines).index() + 1;
        while (taken.contains(index)) {
            index++;
        }
        return index;
    }

    private static RoundRecord record(List<Testimony> lines, Instant time) {
        return new RoundRecord(
                Testimony.opening(lines),
                Testimony.evidence(lines),
                Testimony.changes(lines),
                Testimony.commitments(lines),
                Testimony.proofs(lines),
                time);
    }

    private Report verify(List<Testimony> lines, OutputSet wanted) throws IOException {
        List<Testimony> inOrder = lines.stream()
                .sorted(Comparator.comparingLong(Testimony::index))
                .toList();
        SteppedLog log = SteppedLog.open(new SimulatedDisk(chance), Cast.LOG);
        long size = 0;
        for (Testimony line : inOrder) {
            for (; size < line.index(); size++) {
                log.append(("another's " + size).getBytes(StandardCharsets.UTF_8));
            }
            log.append(line.leaf());
            size++;
        }
        return check.verify(trust, check.kit(lines, log), Optional.of(wanted), now);
    }
}
