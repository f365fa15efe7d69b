package dev.quorate.coordinator.desk;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.StoredEnvelope;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.Logged;
import dev.quorate.tally.RoundRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that was said in a round, verified again as it is read from the store. */
final class Dossier {
    private final List<Entry> entries;

    /** One logged envelope. */
    record Entry(EnvelopeKind kind, Envelope envelope, VerifiedPayload payload, long index) {
        <T> Logged<T> as(T value) {
            return new Logged<>(value, payload.signedBy(), index, envelope.digest());
        }
    }

    private Dossier(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    static Dossier read(Rounds rounds, Signers signers, LiveRound round) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try {
            List<StoredEnvelope> envelopes = rounds.store().envelopes(round.id());
            RoundState state = round.state();
            for (StoredEnvelope stored : envelopes) {
                Optional<VerifiedPayload> payload = payload(signers, state, stored);
                if (payload.isPresent()) {
                    entries.add(new Entry(
                            stored.kind(),
                            stored.envelope(),
                            payload.get(),
                            stored.index().orElseThrow()));
                } else if (stored.kind() != EnvelopeKind.SUBMISSION && stored.kind() != EnvelopeKind.EVIDENCE) {
                    throw new MalformedException(
                            "round " + round.id(), "holds an envelope whose signer the trust root no longer names");
                }
            }
            entries.addAll(notices(rounds, signers, state));
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new Dossier(entries);
    }

    /** Notices are kept with the standings; one that the log has not yet is not yet part of a round. */
    private static List<Entry> notices(Rounds rounds, Signers signers, RoundState state) throws IOException {
        List<Entry> notices = new ArrayList<>();
        for (Assignment part : state.assignments().values()) {
            Optional<Sha256> named = part.takenOff().flatMap(TakenOff::notice);
            if (named.isPresent()) {
                rounds.store().standings().notice(part.builder(), named.get()).stream()
                        .filter(kept -> kept.index().isPresent())
                        .flatMap(kept -> entry(signers, kept).stream())
                        .forEach(notices::add);
            }
        }
        return notices;
    }

    private static Optional<Entry> entry(Signers signers, KeptNotice kept) {
        Envelope notice = kept.notice().notice();
        return signers.everCertifier(notice)
                .map(payload -> new Entry(
                        EnvelopeKind.NOTICE, notice, payload, kept.index().orElseThrow()));
    }

    /** Evidence that was stored a moment ago may not be in the state yet; nothing rests on it then. */
    private static Optional<VerifiedPayload> payload(Signers signers, RoundState state, StoredEnvelope stored) {
        return switch (stored.kind()) {
            case SUBMISSION -> Optional.empty();
            case OPENING, CERTIFICATE, NOTICE -> signers.everCertifier(stored.envelope());
            case EVIDENCE -> shown(state, stored.envelope());
            case COMMITMENT, PROOF ->
                state.terms().builders().stream()
                        .flatMap(builder -> signers.everBuilder(stored.envelope(), builder).stream())
                        .findFirst()
                        .or(() -> byVoice(state, stored.envelope()));
        };
    }

    private static Optional<VerifiedPayload> shown(RoundState state, Envelope envelope) {
        return state.assignments().values().stream()
                .flatMap(part -> part.attestations().stream())
                .filter(shown -> shown.evidence().envelope().equals(envelope.digest()))
                .flatMap(shown -> envelope.verify(shown.key()).stream())
                .findFirst();
    }

    private static Optional<VerifiedPayload> byVoice(RoundState state, Envelope envelope) {
        return state.assignments().values().stream()
                .flatMap(part -> part.voices().stream())
                .flatMap(key -> envelope.verify(key).stream())
                .findFirst();
    }

    /** In the order of a kit; of several certificates only the newest. */
    List<Entry> kit(RoundState state) {
        List<Entry> kit = new ArrayList<>();
        for (EnvelopeKind kind : List.of(
                EnvelopeKind.OPENING,
                EnvelopeKind.EVIDENCE,
                EnvelopeKind.NOTICE,
                EnvelopeKind.COMMITMENT,
                EnvelopeKind.PROOF)) {
            kit.addAll(of(kind));
        }
        of(EnvelopeKind.CERTIFICATE).stream()
                .filter(entry -> state.certificate()
                        .filter(filed ->
                                filed.envelope().equals(entry.envelope().digest()))
                        .isPresent())
                .forEach(kit::add);
        return kit;
    }

    List<Entry> of(EnvelopeKind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }

    /** Every certificate of the round, the earlier ones too. */
    List<Certificate> certificates() throws IOException {
        List<Certificate> certificates = new ArrayList<>();
        for (Entry entry : of(EnvelopeKind.CERTIFICATE)) {
            try {
                certificates.add(Certificate.parse(entry.payload()));
            } catch (MalformedException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return certificates;
    }

    /** What the tally counts. */
    RoundRecord record(Instant time) throws IOException {
        List<Logged<HostEvidence>> evidence = new ArrayList<>();
        List<Logged<HostChange>> changes = new ArrayList<>();
        List<Logged<Commitment>> commitments = new ArrayList<>();
        List<Logged<BuildProof>> proofs = new ArrayList<>();
        try {
            for (Entry entry : of(EnvelopeKind.EVIDENCE)) {
                evidence.add(entry.as(HostEvidence.parse(entry.payload())));
            }
            for (Entry entry : of(EnvelopeKind.NOTICE)) {
                changes.add(entry.as(HostChange.parse(entry.payload())));
            }
            for (Entry entry : of(EnvelopeKind.COMMITMENT)) {
                commitments.add(entry.as(Commitment.parse(entry.payload())));
            }
            for (Entry entry : of(EnvelopeKind.PROOF)) {
                proofs.add(entry.as(BuildProof.parse(entry.payload())));
            }
            Entry opening = of(EnvelopeKind.OPENING).getFirst();
            return new RoundRecord(
                    opening.as(RoundOpening.parse(opening.payload())), evidence, changes, commitments, proofs, time);
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
