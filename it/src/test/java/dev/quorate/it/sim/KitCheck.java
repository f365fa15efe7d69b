package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.desk.TrustLines;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.LogIndex;
import dev.quorate.log.VerifiedCheckpoint;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.time.TokenCheck;
import dev.quorate.time.TokenVerifier;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TimeAuthority;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** I4: what the coordinator says is what the offline check of its kit says. */
final class KitCheck {
    private final Setting setting;
    private final WitnessCheck witnessed;
    private final Optional<SimulatedAuthority> authority;

    /** What a line is shown with. */
    interface Tokens {
        List<byte[]> over(Testimony line);
    }

    KitCheck(Setting setting) {
        this(setting, new WitnessCheck(setting.witnessing()), Optional.empty());
    }

    /** Compares what a kit was judged by with when witnesses were asked, and what an authority has stamped. */
    KitCheck(Setting setting, WitnessCheck witnessed, Optional<SimulatedAuthority> authority) {
        this.setting = setting;
        this.witnessed = witnessed;
        this.authority = authority;
    }

    /** The lines that the coordinator's kit has now. */
    static List<Testimony> lines(SimulatedCoordinator coordinator, RoundId round) {
        RoundState state = coordinator.rounds().get(round);
        return coordinator.said(round).stream()
                .filter(t -> t.kind() != EnvelopeKind.CERTIFICATE
                        || state.certificate()
                                .filter(c -> c.envelope().equals(t.digest()))
                                .isPresent())
                .sorted(Comparator.comparing(Testimony::kind))
                .toList();
    }

    /** A kit by somebody who has the witnesses' word for this log. */
    Kit kit(List<Testimony> lines, SteppedLog log) throws IOException {
        return kit(List.of(), lines, log);
    }

    Kit kit(List<SignedTrust> versions, List<Testimony> lines, SteppedLog log) throws IOException {
        return kit(versions, lines, log, cosigned(log.head(), lines), this::stamped);
    }

    private List<byte[]> stamped(Testimony line) {
        return setting.asksForToken() && line.value() instanceof Certificate certificate
                ? List.of(SimulatedAuthority.stamp(line.envelope().signature(), certificate.time()))
                : List.of();
    }

    /** Nobody doubts it, and the time is the certificate's. */
    private VerifiedCheckpoint cosigned(VerifiedCheckpoint head, List<Testimony> lines) {
        Witnessing witnessing = setting.witnessing();
        Instant time = Testimony.certificates(lines).stream()
                .map(c -> c.value().time())
                .findFirst()
                .orElse(Cast.START);
        return witnessing.isAny() ? witnessing.cosign(head, time) : head;
    }

    /** With the later trust roots first, as the coordinator serves it. */
    static Kit kit(
            List<SignedTrust> versions, List<Testimony> lines, SteppedLog log, VerifiedCheckpoint head, Tokens tokens)
            throws IOException {
        List<Bundle> bundles = new ArrayList<>();
        for (SignedTrust version : versions) {
            if (version.trust().version() > 1) {
                for (TrustLines.Line line : TrustLines.of(version, versions).lines()) {
                    byte[] leaf = SimulatedTrust.leaf(line.envelope(), line.signedBy());
                    long index = log.append(leaf);
                    bundles.add(new Bundle(line.signedBy().id(), entry(index, leaf, log, log.head()), line.envelope()));
                }
            }
        }
        for (Testimony line : lines) {
            bundles.add(new Bundle(
                    line.signedBy().id(),
                    entry(line.index(), line.leaf(), log, head),
                    line.envelope(),
                    tokens.over(line)));
        }
        return new Kit(bundles);
    }

    private static LogEntry entry(long index, byte[] leaf, SteppedLog log, VerifiedCheckpoint head) throws IOException {
        return new LogEntry(
                Cast.LOG.key().id(),
                new LogIndex(index),
                head.head(),
                log.inclusion(index, head.head().size()),
                head.note().toString(),
                leaf);
    }

    Report verify(Kit kit, Optional<OutputSet> wanted, Instant now) {
        return verify(setting.trust(), kit, wanted, now);
    }

    /** As a user with that trust root sees it. */
    Report verify(SignedTrust own, Kit kit, Optional<OutputSet> wanted, Instant now) {
        List<Artifact> artifacts = wanted.stream()
                .flatMap(outputs -> outputs.files().stream())
                .map(file -> new Artifact(file.path().text(), file.sha256()))
                .toList();
        return new Verifier(own, setting.policy(), now, Optional.empty()).verify(artifacts, kit.bytes(), "kit");
    }

    void check(SimulatedCoordinator coordinator, RoundId round, Instant latest) throws IOException {
        RoundState state = coordinator.rounds().get(round);
        boolean closed = state.certificate().isPresent();
        List<Testimony> lines = lines(coordinator, round);
        VerifiedCheckpoint head = coordinator.headOver(
                lines.stream().mapToLong(Testimony::index).max().orElseThrow());
        Instant counted = Testimony.certificates(lines).stream()
                .map(c -> c.value().time())
                .findFirst()
                .orElse(latest);
        // Witnesses' word goes before the certifier's, and may be that something was revoked since.
        Optional<Testimony> certificate = lines.stream()
                .filter(line -> line.kind() == EnvelopeKind.CERTIFICATE)
                .findFirst();
        Tokens tokens = line -> certificate.filter(line::equals).stream()
                .flatMap(c -> coordinator.tokens(c.envelope()).stream())
                .toList();
        Optional<Instant> stamped = certificate.flatMap(c -> stamped(c, tokens.over(c)));
        Instant time = setting.witnessing().time(head).or(() -> stamped).orElse(counted);
        Tally tally = coordinator.tally(round, time, closed ? Openness.CLOSED : Openness.OPEN);
        List<SignedTrust> versions = coordinator.archive().versions();
        Kit kit = kit(versions, lines, coordinator.log(), head, tokens);
        Report report = verify(kit, tally.winner(), latest);
        if (!setting.witnessing().suffice(head.note())) {
            requireRefused(report, "WITNESSES_TOO_FEW");
            return;
        }
        if (setting.asksForToken() && certificate.isPresent() && stamped.isEmpty()) {
            requireRefused(report, "TIME_TOKEN_MISSING");
            return;
        }
        if (setting.witnessing().isAny()) {
            witnessed.judged(head.head().size(), time);
        }
        if (coordinator.archive().isPending()) {
            // What is certified may be about to be taken away; until then a user is told no more than what counts.
            if (report.outcome() == Report.Outcome.VERIFIED && tally.verdict() != Verdict.CERTIFIED) {
                throw new Violation("I4", "offline a certificate stands that no longer counts");
            }
            return;
        }
        boolean isRevoked = state.certificate()
                .filter(c -> coordinator.trust().isRevokedCertificate(c.envelope()))
                .isPresent();
        String expected = isRevoked ? "CERTIFICATE_REVOKED" : expected(state, tally);
        String got = said(report);
        if (!expected.equals(got)) {
            throw new Violation(
                    "I4",
                    "the coordinator's " + expected + " is " + got + " offline: " + report.refusals() + " " + state);
        }
        if (closed && !report.votes().isEmpty() && !report.votes().equals(tally.votes())) {
            throw new Violation("I4", "offline the votes are " + report.votes() + ", and here " + tally.votes());
        }
        if (state.phase() == Phase.LOGGED
                && time.equals(counted)
                && state.due() == Due.NOTHING
                && (state.verdict() == Verdict.CERTIFIED) != (report.outcome() == Report.Outcome.VERIFIED)) {
            throw new Violation("I4", "the status says " + state.verdict() + ", and offline it is " + got);
        }
    }

    /** TIME: a token that is kept says when the authority saw that signature, by its own clock. */
    private Optional<Instant> stamped(Testimony certificate, List<byte[]> tokens) {
        byte[] signature = certificate.envelope().signature();
        if (!setting.asksForToken() || tokens.isEmpty()) {
            return Optional.empty();
        }
        var check = new TokenVerifier(signature, List.of(SimulatedAuthority.TRUSTED)).check(tokens.getFirst());
        return switch (check) {
            case TokenCheck.Stamped(TimeAuthority by, Instant time)
            when authority.orElseThrow().stamped(signature).contains(time) -> Optional.of(time);
            default -> throw new Violation("TIME", "a token is kept that was not given: " + check);
        };
    }

    static String said(Report report) {
        return report.outcome() == Report.Outcome.REFUSED
                ? report.refusals().getFirst().code().name()
                : report.outcome().name();
    }

    private static void requireRefused(Report report, String code) {
        if (!said(report).equals(code)) {
            throw new Violation("I4", "a kit is " + said(report) + " that has to be refused with " + code);
        }
    }

    /** A certificate that is about to be replaced may say what the proofs no longer do. */
    private static String expected(RoundState state, Tally tally) {
        boolean closed = state.certificate().isPresent();
        return switch (tally.verdict()) {
            case PENDING -> "UNDECIDED";
            case CERTIFIED -> closed ? certified(state) : "UNDECIDED";
            case CONTESTED, FAILED, INSUFFICIENT -> tally.verdict().name();
        };
    }

    private static String certified(RoundState state) {
        return state.verdict() == Verdict.CERTIFIED ? "VERIFIED" : "CERTIFICATE_MISMATCH";
    }
}
