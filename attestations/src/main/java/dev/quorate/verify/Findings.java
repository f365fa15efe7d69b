package dev.quorate.verify;

import dev.quorate.host.SealJudgement;
import dev.quorate.json.Printable;
import dev.quorate.policy.Policy;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Release;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a check has seen so far, so that a refusal half-way still reports it. */
final class Findings {
    private final List<Artifact> artifacts;
    private final Policy policy;
    private final List<String> notes = new ArrayList<>();
    private Optional<Release> release = Optional.empty();
    private Optional<SpecDigest> spec = Optional.empty();
    private Optional<RoundId> round = Optional.empty();
    private Optional<LogView> log = Optional.empty();
    private Optional<Instant> time = Optional.empty();
    private String timeSource = "none";
    private List<Vote> votes = List.of();
    private int reached;

    Findings(List<Artifact> artifacts, Policy policy) {
        this.artifacts = artifacts.stream()
                .map(artifact -> new Artifact(Printable.of(artifact.name()), artifact.sha256()))
                .toList();
        this.policy = policy;
    }

    void saw(TrustUpdates updates) {
        notes.addAll(updates.notes());
    }

    void saw(Lines lines, TrustUpdates updates) {
        log = Optional.of(LogView.of(lines.checkpoint()));
        int strangers = lines.strangers() - updates.lines();
        if (strangers > 0) {
            notes.add(strangers + " lines by keys that the trust root does not name were left out");
        }
    }

    void saw(Statements statements) {
        release = Optional.of(statements.opening().value().spec().release());
        spec = Optional.of(statements.opening().value().digest());
        round = Optional.of(statements.opening().value().round());
    }

    void judgedAt(TrustedTime trusted) {
        time = Optional.of(trusted.instant());
        timeSource = trusted.source();
        trusted.note().ifPresent(notes::add);
    }

    /** How the certifier's key is kept decides nothing here; who asks for it reads it. */
    void saw(SealJudgement seal) {
        notes.add(
                switch (seal) {
                    case SealJudgement.Sealed good ->
                        "the certifier's key is sealed to a TPM and its state: host " + good.host() + ", profile "
                                + good.profile();
                    case SealJudgement.Refused refused ->
                        "the certifier's key is not known to be sealed to a TPM: " + refused;
                });
    }

    void saw(Tally tally) {
        votes = tally.votes();
        reached = tally.reached();
        notes.add(tally.reason());
    }

    /** A user's policy and trust root may count other votes than the certifier's, so that this decides nothing. */
    void compared(List<String> claimed, List<String> counted) {
        if (!claimed.equals(counted)) {
            notes.add("the certificate claims " + claimed.getLast() + "; counted by your trust root and policy it is "
                    + counted.getLast());
        }
    }

    Report verified() {
        return report(Report.Outcome.VERIFIED, List.of());
    }

    Report undecided() {
        return report(Report.Outcome.UNDECIDED, List.of());
    }

    Report refused(Refusal refusal) {
        return report(Report.Outcome.REFUSED, List.of(refusal));
    }

    private Report report(Report.Outcome outcome, List<Refusal> refusals) {
        return new Report(
                outcome,
                refusals,
                artifacts,
                release,
                spec,
                round,
                policy.threshold(),
                reached,
                votes,
                log,
                time,
                timeSource,
                notes);
    }
}
