package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.time.TokenRefusedException;
import dev.quorate.time.TokenRequest;
import dev.quorate.trust.TimeAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.tsp.TimeStampRequest;

/**
 * A time-stamping authority and the network before it: away now and then, slow, or with a wrong clock. It writes down what
 * it has stamped, and when.
 */
final class SimulatedAuthority {
    private static final X500Name ISSUER = new X500Name("CN=Time root");
    private static final KeyPair ISSUING = SeededKeys.pair(92);
    private static final KeyPair KEY = SeededKeys.pair(93);
    private static final X509CertificateHolder CERTIFICATE =
            Issuer.issue(ISSUER, ISSUING, new X500Name("CN=Time"), KEY, Optional.of(KeyPurposeId.id_kp_timeStamping));

    /** What trust roots say of it. */
    static final TimeAuthority TRUSTED = new TimeAuthority(
            "time.example",
            List.of(
                    Issuer.der(CERTIFICATE),
                    Issuer.der(Issuer.issue(ISSUER, ISSUING, ISSUER, ISSUING, Optional.empty()))),
            Cast.START.minus(Duration.ofDays(1)),
            Optional.empty());

    private static final long PATIENCE = 10_000;
    private final World world;
    private final Chance chance;
    private final Network network;
    private final Map<Sha256, List<Instant>> stamped = new HashMap<>();
    private Optional<byte[]> last = Optional.empty();
    private boolean away;
    private boolean odd;
    private long skew;

    SimulatedAuthority(Setting setting, World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.network = new Network(world, chance.split(), request -> Optional.empty(), setting.weather());
    }

    /** Asks it; the caller is told its answer, or that none came in time. */
    void ask(byte[] query, Consumer<Optional<byte[]>> then) {
        network.call(() -> answer(query), PATIENCE, then);
    }

    /** A nonce for the next question. */
    BigInteger nonce() {
        return new BigInteger(1, chance.bytes(8));
    }

    /** Until then it goes away and comes back, and its clock is right and wrong. */
    void disturb(long until) {
        if (world.now() < until) {
            world.after(1 + chance.below(300_000), () -> disturb(until));
            away = chance.oneIn(3);
            odd = chance.oneIn(3);
            skew = chance.oneIn(3) ? chance.between(-10_000_000, 10_000_000) : chance.between(-1000, 1000);
            world.tell("authority", "away " + away + ", odd " + odd + ", off by " + skew);
        }
    }

    void calm() {
        network.weather(Network.Weather.FAIR);
        away = false;
        odd = false;
        skew = 0;
    }

    /** When it has stamped that signature, by its own clock. */
    List<Instant> stamped(byte[] signature) {
        return stamped.getOrDefault(Sha256.of(signature), List.of());
    }

    private Optional<byte[]> answer(byte[] query) {
        if (away) {
            return Optional.empty();
        } else if (odd && chance.oneIn(3)) {
            // What it answered before, to somebody else or to another question.
            return last.or(() -> Optional.of(new byte[] {1, 2, 3}));
        }
        try {
            Instant now = world.instant().plusMillis(skew).truncatedTo(ChronoUnit.SECONDS);
            var imprint = Sha256.ofDigest(new TimeStampRequest(query).getMessageImprintDigest());
            stamped.computeIfAbsent(imprint, i -> new ArrayList<>()).add(now);
            last = Optional.of(token(query, now));
            return last;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] token(byte[] query, Instant time) {
        return TimeStamper.answer(KEY.getPrivate(), CERTIFICATE, query, time);
    }

    /** Its word for a time that it is told, as a kit carries it. */
    static byte[] stamp(byte[] signature, Instant time) {
        return stamp(KEY, signature, time);
    }

    /** The same in its name by somebody who has not its key. */
    static byte[] forge(byte[] signature, Instant time) {
        return stamp(ISSUING, signature, time);
    }

    private static byte[] stamp(KeyPair by, byte[] signature, Instant time) {
        TokenRequest request = TokenRequest.over(signature, BigInteger.TEN);
        try {
            return request.answer(TimeStamper.answer(by.getPrivate(), CERTIFICATE, request.bytes(), time));
        } catch (TokenRefusedException e) {
            throw new IllegalStateException(e);
        }
    }
}
