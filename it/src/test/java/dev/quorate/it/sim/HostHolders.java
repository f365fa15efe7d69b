package dev.quorate.it.sim;

import dev.quorate.dsse.P256Key;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What root key holders come to know of machines: stolen ones, stolen attestation keys, images that are good no longer. */
final class HostHolders {
    private final Chance chance;

    HostHolders(Chance chance) {
        this.chance = chance;
    }

    /** Does the same as often as not to what is to be the next version. */
    void edit(List<TrustedBuilder> builders, List<Revocation> revocations, List<P256Key> voices, Instant now) {
        int which = chance.below(builders.size());
        TrustedBuilder was = builders.get(which);
        Optional<TrustedHost> host = was.hosts().stream().findFirst();
        if (host.isEmpty()) {
            builders.set(which, was.with(List.of(Hardware.host(was.id(), "either"))));
            return;
        }
        switch (chance.below(8)) {
            case 0 ->
                revocations.add(revoked(Revocation.Kind.HOST, host.get().id().toString(), now));
            case 1 -> {
                String key = ((TrustedHost.Tpm2) host.get()).ak().id().hex();
                revocations.add(revoked(Revocation.Kind.KEY, key, now));
            }
            case 2, 3 -> {
                String profile = chance.of(List.copyOf(Hardware.ALLOWED.keySet()));
                builders.set(which, was.with(List.of(Hardware.host(was.id(), profile))));
            }
            case 5 -> {
                if (!voices.isEmpty()) {
                    String key = chance.of(voices).id().hex();
                    revocations.add(revoked(Revocation.Kind.KEY, key, now));
                }
            }
            case 4 -> builders.set(which, was.with(List.of()));
            default -> {}
        }
    }

    private Revocation revoked(Revocation.Kind kind, String id, Instant now) {
        Instant since = chance.oneIn(2)
                ? Cast.START.minusSeconds(60)
                : now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(chance.between(-900, 300));
        return new Revocation(kind, id, since, "stolen");
    }
}
