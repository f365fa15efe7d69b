package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.identity.IdentityJudge;
import dev.quorate.coordinator.identity.Judged;
import dev.quorate.coordinator.identity.KeylessBundle;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Principal;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who may say something now, by the trust root in force; who ever might, by all that were. */
record Signers(TrustBook book) {
    TrustRoot trust() {
        return book.trust();
    }

    /** What a builder's envelope says, if a key of exactly that builder signed it and counts now. */
    Optional<VerifiedPayload> builder(BuilderId id, Envelope envelope, Instant now) {
        return usable(id, now).stream()
                .flatMap(key -> envelope.verify(key).stream())
                .findFirst();
    }

    /** What an envelope says, whenever it was signed by whatever key of that builder. */
    Optional<VerifiedPayload> everBuilder(Envelope envelope, BuilderId id) {
        return book.newestFirst().stream()
                .flatMap(trust -> trust.builder(id).stream())
                .flatMap(builder -> builder.keys().stream())
                .flatMap(timed -> envelope.verify(timed.key()).stream())
                .findFirst();
    }

    /** What an envelope says, whenever it was signed by whatever certifier. */
    Optional<VerifiedPayload> everCertifier(Envelope envelope) {
        return book.newestFirst().stream()
                .flatMap(trust -> trust.certifiers().stream())
                .flatMap(certifier -> certifier.keys().stream())
                .flatMap(timed -> envelope.verify(timed.key()).stream())
                .findFirst();
    }

    /** What an envelope says, whenever it was signed by whatever maintainer. */
    Optional<VerifiedPayload> everMaintainer(Envelope envelope) {
        return book.newestFirst().stream()
                .flatMap(trust -> trust.maintainers().stream())
                .flatMap(maintainer -> maintainer.keys().stream())
                .flatMap(timed -> envelope.verify(timed.key()).stream())
                .findFirst();
    }

    /** What a maintainer's envelope says, if one signed it whose key counts now. */
    Optional<VerifiedPayload> maintainer(Envelope envelope, Instant now) {
        TrustRoot trust = trust();
        return trust.maintainers().stream()
                .map(Principal::keys)
                .flatMap(List::stream)
                .filter(timed -> timed.isValidAt(now) && !trust.isRevoked(timed.key(), now))
                .flatMap(timed -> envelope.verify(timed.key()).stream())
                .findFirst();
    }

    /** What a bundle's envelope says, if it is the word of a maintainer's identity that counts now. */
    VerifiedPayload maintainer(KeylessBundle bundle, Instant now) throws RefusedException {
        return switch (IdentityJudge.judge(bundle, trust(), now)) {
            case Judged.Good good -> good.payload();
            case Judged.Refused(IdentityRefusal why) ->
                throw new RefusedException(Complaint.IDENTITY_REFUSED, why + ": " + why.sentence());
        };
    }

    /** A builder's keys that count now. */
    List<P256Key> usable(BuilderId id, Instant now) {
        TrustRoot trust = trust();
        return trust.builder(id).stream()
                .flatMap(builder -> builder.keys().stream())
                .filter(timed -> timed.isValidAt(now) && !trust.isRevoked(id, timed.key(), now))
                .map(TimedKey::key)
                .toList();
    }

    /** The builders that have a key that counts now, each with its hosts that count now. */
    List<TrustedBuilder> usableBuilders(Instant now) {
        return trust().builders().stream()
                .filter(builder -> !usable(builder.id(), now).isEmpty())
                .map(builder -> builder.with(builder.hosts().stream()
                        .filter(host -> !trust().isRevoked(host.id(), now))
                        .toList()))
                .toList();
    }
}
