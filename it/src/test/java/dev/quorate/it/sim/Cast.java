package dev.quorate.it.sim;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.intoto.Statement;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSigner;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Everybody who has a key. Builders b1 to b5 are operators of their own; b6 belongs to the operator of b1. */
final class Cast {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    static final String CERTIFIER = "quorate.example";
    static final Signer CERTIFIER_KEY = SeededKeys.p256(1);
    static final NoteSigner LOG = SeededKeys.log("log.quorate.example", 3);
    static final Map<BuilderId, Signer> BUILDERS = builders();
    static final List<NoteSigner> WITNESSES = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> SeededKeys.note("w" + i + ".example", NoteAlgorithm.COSIGNATURE_V1, 20 + i))
            .toList();
    private static final Signer ROOT = SeededKeys.p256(2);
    private static final Instant PAST = START.minus(Duration.ofDays(1));

    private Cast() {}

    private static Map<BuilderId, Signer> builders() {
        Map<BuilderId, Signer> builders = new TreeMap<>();
        for (int i = 1; i <= 6; i++) {
            builders.put(new BuilderId("b" + i), SeededKeys.p256(10 + i));
        }
        return builders;
    }

    /** The trust root of a run. */
    static SignedTrust trust(List<Revocation> revocations) {
        return trust(1, trusted(), revocations, Optional.empty());
    }

    /** The same, with a machine for each builder. */
    static SignedTrust trustWithHosts(List<Revocation> revocations, Chance chance) {
        List<TrustedBuilder> builders = trusted().stream()
                .map(builder ->
                        builder.with(List.of(Hardware.host(builder.id(), chance.of(List.of("first", "either"))))))
                .toList();
        return trust(1, builders, revocations, Optional.empty());
    }

    private static List<TrustedBuilder> trusted() {
        List<TrustedBuilder> trusted = new ArrayList<>();
        BUILDERS.forEach((id, signer) -> {
            int number = trusted.size();
            trusted.add(new TrustedBuilder(
                    id, "op-" + number % 5, "zone-" + number % 3, "vendor-" + number % 2, keys(signer)));
        });
        return trusted;
    }

    /** A version of the trust root, signed by the root key holder or by somebody else. */
    static SignedTrust trust(
            int version, List<TrustedBuilder> builders, List<Revocation> revocations, Optional<Signer> thief) {
        TrustRoot root = new TrustRoot(
                version,
                START.plus(Duration.ofDays(30)),
                new RootKeys(1, List.of(new RootKey("alice", thief.orElse(ROOT).publicKey()))),
                builders,
                List.of(new Principal(CERTIFIER, keys(CERTIFIER_KEY))),
                List.of(),
                List.of(LOG.key()),
                List.of(),
                revocations);
        if (builders.stream().anyMatch(builder -> !builder.hosts().isEmpty())) {
            root = root.edit().hostTrust(Hardware.TRUST).done();
        }
        return sign(root, thief.orElse(ROOT));
    }

    /** What follows, with the same witnesses and time-stamping authorities. */
    static SignedTrust next(
            TrustRoot before, List<TrustedBuilder> builders, List<Revocation> revocations, Optional<Signer> thief) {
        SignedTrust next = trust(before.version() + 1, builders, revocations, thief);
        return before.witnesses().isEmpty() && before.timeAuthorities().isEmpty()
                ? next
                : sign(
                        next.trust()
                                .edit()
                                .witnesses(before.witnesses())
                                .timeAuthorities(before.timeAuthorities())
                                .done(),
                        thief.orElse(ROOT));
    }

    /** A first version as the root key holder signs it. */
    static SignedTrust sign(TrustRoot root) {
        return sign(root, ROOT);
    }

    private static SignedTrust sign(TrustRoot root, Signer signer) {
        try {
            return SignedTrust.unsigned(root).sign(signer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<TimedKey> keys(Signer signer) {
        return List.of(new TimedKey(signer.publicKey(), PAST, Optional.empty()));
    }

    static P256Key key(BuilderId builder) {
        return BUILDERS.get(builder).publicKey();
    }

    static Envelope sign(Statement statement, Signer signer) {
        try {
            return Envelope.sign(statement.bytes(), signer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
