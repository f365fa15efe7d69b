package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.dsse.Envelope;
import dev.quorate.kit.Kit;
import dev.quorate.verify.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A coordinator that wants its certificate judged by another time than the authority's, where no witness tells it. */
final class FalseTime {
    private final KitCheck check;
    private final Chance chance;
    private final Instant now;

    FalseTime(KitCheck check, Chance chance, Instant now) {
        this.check = check;
        this.chance = chance;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Tries one of its crimes on a round that has a certificate. */
    void attack(List<Testimony> lines) throws IOException {
        Testimony certificate = lines.stream()
                .filter(line -> line.kind() == EnvelopeKind.CERTIFICATE)
                .findFirst()
                .orElseThrow();
        byte[] signature = certificate.envelope().signature();
        Instant time = now.minusSeconds(chance.below(1000));
        switch (chance.below(4)) {
            case 0 -> refuse("strips the token", "TIME_TOKEN_MISSING", lines, List.of());
            case 1 -> {
                byte[] other = lines.getFirst().envelope().signature();
                byte[] token = SimulatedAuthority.stamp(other, time);
                refuse("shows another's token", "TIME_TOKEN_MISMATCH", lines, List.of(token));
            }
            case 2 -> {
                byte[] token = SimulatedAuthority.forge(signature, time);
                refuse("signs a token itself", "TIME_TOKEN_INVALID", lines, List.of(token));
            }
            default -> backdate(lines, certificate);
        }
    }

    private void refuse(String attack, String code, List<Testimony> lines, List<byte[]> tokens) throws IOException {
        String said = KitCheck.said(verify(lines, tokens));
        if (!said.equals(code)) {
            throw new Violation("TIME", "a coordinator that " + attack + " is told " + said);
        }
    }

    /** The certificate is of yesterday, as it says, when the certifier's and every builder's key were still good. */
    private void backdate(List<Testimony> lines, Testimony certificate) throws IOException {
        var honest = (Certificate) certificate.value();
        var forged = new Certificate(
                honest.subjects(),
                honest.certifier(),
                honest.release(),
                honest.time().minus(Duration.ofDays(1)),
                honest.policy(),
                honest.proofs(),
                honest.levels(),
                honest.round(),
                honest.spec(),
                honest.verdict());
        Envelope envelope = Cast.sign(forged.statement(), Cast.CERTIFIER_KEY);
        List<Testimony> changed = new ArrayList<>(lines);
        changed.remove(certificate);
        changed.add(Testimony.of(EnvelopeKind.CERTIFICATE, envelope, Cast.CERTIFIER_KEY.publicKey(), forged));
        Report report = verify(changed, List.of(SimulatedAuthority.stamp(envelope.signature(), now)));
        if (!report.time().equals(Optional.of(now))) {
            throw new Violation("TIME", "a certificate that was stamped at " + now + " is of " + report.time());
        }
    }

    private Report verify(List<Testimony> lines, List<byte[]> tokens) throws IOException {
        SteppedLog log = SteppedLog.open(new SimulatedDisk(chance), Cast.LOG);
        List<Testimony> entered = new ArrayList<>();
        for (Testimony line : lines) {
            entered.add(line.at(log.append(line.leaf())));
        }
        Kit kit = KitCheck.kit(
                List.of(),
                entered,
                log,
                log.head(),
                line -> line.kind() == EnvelopeKind.CERTIFICATE ? tokens : List.of());
        return check.verify(kit, Optional.empty(), now);
    }
}
