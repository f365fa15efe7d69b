package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Json;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.VerifiedCheckpoint;
import dev.quorate.trust.SignedTrust;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what is shown to others: kits, and the commitments before a reveal. */
final class Kits {
    private final Rounds rounds;
    private final Signers signers;
    private final LogBook log;
    private final Stamps stamps;
    private final Bell bell;

    Kits(Rounds rounds, Signers signers, LogBook log, Stamps stamps, Bell bell) {
        this.rounds = rounds;
        this.signers = signers;
        this.log = log;
        this.stamps = stamps;
        this.bell = bell;
    }

    /** All that was logged so far, under one checkpoint. */
    Kit kit(LiveRound round) throws IOException, RefusedException, InterruptedException {
        List<Dossier.Entry> entries = Dossier.read(rounds, signers, round).kit(round.state());
        VerifiedCheckpoint head = log.cosignedHeadOver(newest(entries));
        List<Bundle> bundles = new ArrayList<>();
        bundles.addAll(laterTrust());
        for (Dossier.Entry entry : entries) {
            List<byte[]> tokens = entry.kind() == EnvelopeKind.CERTIFICATE ? stamps.over(entry.envelope()) : List.of();
            bundles.add(log.bundle(entry.envelope(), entry.payload().signedBy(), entry.index(), head, tokens));
        }
        return new Kit(bundles);
    }

    /** What a user needs to roll their own trust root forward to the one in force here. */
    private List<Bundle> laterTrust() throws IOException, RefusedException, InterruptedException {
        List<Bundle> bundles = new ArrayList<>();
        for (SignedTrust version : signers.book().versions()) {
            if (version.trust().version() > 1) {
                for (TrustLines.Line line :
                        TrustLines.of(version, signers.book().versions()).lines()) {
                    long index = log.enter(line.envelope(), line.signedBy()).index();
                    bundles.add(log.bundle(line.envelope(), line.signedBy(), index, log.headOver(index), List.of()));
                }
            }
        }
        return bundles;
    }

    /** Every revocation and review that was signed because of a later trust root, under one checkpoint. */
    Kit notices(List<Envelope> notices) throws IOException, RefusedException, InterruptedException {
        List<Entered> entered = new ArrayList<>();
        for (Envelope notice : notices) {
            entered.add(enter(notice, certifier(notice)));
        }
        return kit(entered);
    }

    /** Every change of a host's standing, each after the evidence of it, under one checkpoint. */
    Kit hostNotices(List<HostNotice> notices) throws IOException, RefusedException, InterruptedException {
        List<Entered> entered = new ArrayList<>();
        for (HostNotice notice : notices) {
            if (notice.evidence().isPresent()) {
                HostNotice.Shown shown = notice.evidence().get();
                entered.add(enter(shown.envelope(), shown.key()));
            }
            entered.add(enter(notice.notice(), certifier(notice.notice())));
        }
        return kit(entered);
    }

    private Entered enter(Envelope envelope, P256Key key) throws RefusedException, InterruptedException {
        return new Entered(envelope, key, log.enter(envelope, key).index());
    }

    private P256Key certifier(Envelope notice) throws IOException {
        return signers.everCertifier(notice)
                .orElseThrow(() -> new IOException("a stored notice is signed by no certifier"))
                .signedBy();
    }

    private Kit kit(List<Entered> entered) throws IOException, RefusedException, InterruptedException {
        List<Bundle> bundles = new ArrayList<>();
        long newest = entered.stream().mapToLong(Entered::index).max().orElse(-1);
        if (!entered.isEmpty()) {
            VerifiedCheckpoint head = log.cosignedHeadOver(newest);
            for (Entered one : entered) {
                bundles.add(log.bundle(one.envelope(), one.key(), one.index(), head, List.of()));
            }
        }
        return new Kit(bundles);
    }

    private record Entered(Envelope envelope, P256Key key, long index) {}

    /** Every commitment with its proof of inclusion; waits until revealing has begun. */
    Optional<Json.Obj> reveal(LiveRound round, Duration wait)
            throws IOException, RefusedException, InterruptedException {
        Duration left = wait;
        while (true) {
            long seen = bell.count();
            Phase phase = round.state().phase();
            if (phase == Phase.REVEALING || phase.isCounted()) {
                return Optional.of(commitments(round));
            } else if (left.isZero() || bell.isClosed()) {
                return Optional.empty();
            }
            left = bell.await(seen, left);
        }
    }

    private Json.Obj commitments(LiveRound round) throws IOException, RefusedException, InterruptedException {
        Dossier dossier = Dossier.read(rounds, signers, round);
        List<Dossier.Entry> commitments = dossier.of(EnvelopeKind.COMMITMENT);
        List<Dossier.Entry> evidence = dossier.of(EnvelopeKind.EVIDENCE);
        VerifiedCheckpoint head = log.headOver(Math.max(newest(commitments), newest(evidence)));
        Json.Builder json = Json.object()
                .put("checkpoint", head.note().toString())
                .put("commitments", Json.arr(shown(commitments, head)));
        if (!evidence.isEmpty()) {
            json.put("evidence", Json.arr(shown(evidence, head)));
        }
        return json.build();
    }

    private List<Json.Obj> shown(List<Dossier.Entry> entries, VerifiedCheckpoint head) throws IOException {
        List<Json.Obj> list = new ArrayList<>();
        for (Dossier.Entry entry : entries) {
            List<String> proof = log.prove(entry.index(), head).hashes().stream()
                    .map(Kits::base64)
                    .toList();
            Json.Builder shown = Json.object()
                    .put("index", entry.index())
                    .put("envelope", entry.envelope().json())
                    .put("inclusion", Json.strings(proof));
            if (entry.kind() == EnvelopeKind.EVIDENCE) {
                shown.put("key", entry.payload().signedBy().toString());
            }
            list.add(shown.build());
        }
        return list;
    }

    private static long newest(List<Dossier.Entry> entries) {
        return entries.stream().mapToLong(Dossier.Entry::index).max().orElse(0);
    }

    private static String base64(Sha256 hash) {
        return Base64Text.encode(hash.bytes());
    }
}
