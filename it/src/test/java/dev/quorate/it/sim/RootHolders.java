package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Those who sign the trust root, and what they come to know: stolen builders, bad certificates, their own errors. */
final class RootHolders {
    private final Chance chance;
    private final Optional<HostHolders> hosts;

    RootHolders(Chance chance) {
        this(chance, Optional.empty());
    }

    /**
     * Some of them.
     *
     * @param hosts what they come to know of machines, where the trust root names some
     */
    RootHolders(Chance chance, Optional<HostHolders> hosts) {
        this.chance = chance;
        this.hosts = hosts;
    }

    /**
     * The next version.
     *
     * @param certificates some of which they may take back
     * @param voices keys that machines have vouched for, likewise
     */
    SignedTrust next(TrustRoot before, Instant now, List<Sha256> certificates, List<P256Key> voices) {
        List<Revocation> revocations = new ArrayList<>(before.revocations());
        List<TrustedBuilder> builders = new ArrayList<>(before.builders());
        switch (chance.below(8)) {
            case 0, 1 -> revocations.add(builder(chance.of(builders), since(now)));
            case 2 -> {
                TrustedBuilder whose = chance.of(builders);
                String key = Cast.key(whose.id()).id().hex();
                revocations.add(new Revocation(Revocation.Kind.KEY, key, since(now), "found in a backup"));
            }
            case 3 -> {
                if (!certificates.isEmpty()) {
                    String which = chance.of(certificates).hex();
                    revocations.add(new Revocation(Revocation.Kind.CERTIFICATE, which, since(now), "a trojan source"));
                }
            }
            case 4 -> {
                if (!revocations.isEmpty()) {
                    revocations.remove(chance.below(revocations.size()));
                }
            }
            case 5 -> {
                if (builders.size() > 2) {
                    builders.remove(chance.below(builders.size()));
                }
            }
            case 6 -> {
                int which = chance.below(builders.size());
                TrustedBuilder was = builders.get(which);
                String operator = chance.of(builders).operator();
                builders.set(
                        which,
                        new TrustedBuilder(was.id(), operator, was.zone(), was.cpuVendor(), was.keys(), was.hosts()));
            }
            default -> revocations.add(builder(chance.of(builders), since(now)));
        }
        hosts.ifPresent(holders -> holders.edit(builders, revocations, voices, now));
        return Cast.next(before, builders, distinct(revocations), Optional.empty());
    }

    private static List<Revocation> distinct(List<Revocation> revocations) {
        return revocations.stream().distinct().toList();
    }

    private static Revocation builder(TrustedBuilder builder, Instant since) {
        return new Revocation(Revocation.Kind.BUILDER, builder.id().text(), since, "stolen");
    }

    /** Thieves come before they are noticed; an end of service is known before. */
    private Instant since(Instant now) {
        return chance.oneIn(3)
                ? Cast.START.minusSeconds(60)
                : now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).plusSeconds(chance.between(-900, 300));
    }

    /** What somebody else would like them to have signed: no revocation, by a key of their own. */
    SignedTrust forged(TrustRoot before, Signer thief) {
        return Cast.next(before, before.builders(), List.of(), Optional.of(thief));
    }
}
