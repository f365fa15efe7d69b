package dev.quorate.agent.protocol;

import dev.quorate.agent.protocol.Wire.Bounds;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TreeHead;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The coordinator at the other end of a wire. */
public final class HttpCoordinator implements Coordinator {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int SMALL = 64 * 1024;
    private static final int LARGE = 64 << 20;
    private static final Set<Integer> OK = Set.of(200, 201);
    private static final Set<Integer> OK_OR_NOTHING = Set.of(200, 204);

    private final Wire wire;
    private final InstantSource clock;

    /** Speaks over a wire. */
    public HttpCoordinator(Wire wire, InstantSource clock) {
        this.wire = wire;
        this.clock = clock;
    }

    @Override
    public Optional<Assignment> lease(Platform platform, Duration wait)
            throws CoordinatorException, InterruptedException {
        Duration bounded = bounded(wait);
        Json.Obj body = Json.object()
                .put("platform", platform.toString())
                .put("wait", bounded.toSeconds())
                .build();
        Answer answer = wire.send(wire.post("v1/leases", body), new Bounds(SHORT.plus(bounded), LARGE), OK_OR_NOTHING);
        if (answer.status() == 204) {
            return Optional.empty();
        }
        return Optional.of(answer.read(fields -> assignment(fields, answer)));
    }

    @Override
    public Duration heartbeat(Lease lease) throws CoordinatorException, InterruptedException {
        Json.Obj body = Json.object().put("token", lease.token().value()).build();
        Answer answer = wire.send(wire.post(path(lease) + "/heartbeat", body), new Bounds(SHORT, SMALL), OK);
        return answer.read(fields -> remaining(fields, answer));
    }

    @Override
    public LogIndex attest(Lease lease, P256Key key, Envelope evidence)
            throws CoordinatorException, InterruptedException {
        Json.Obj body = Json.object()
                .put("token", lease.token().value())
                .put("key", key.toString())
                .put("envelope", evidence.json())
                .build();
        Answer answer = wire.send(wire.post(path(lease) + "/evidence", body), new Bounds(SHORT, SMALL), OK);
        return answer.read(fields -> index(fields, "index"));
    }

    @Override
    public LogIndex commit(Lease lease, Envelope commitment) throws CoordinatorException, InterruptedException {
        return say(lease, "/commitment", commitment);
    }

    @Override
    public LogIndex prove(Lease lease, Envelope proof) throws CoordinatorException, InterruptedException {
        return say(lease, "/proof", proof);
    }

    @Override
    public Optional<Reveal> reveal(Lease lease, Duration wait) throws CoordinatorException, InterruptedException {
        Duration bounded = bounded(wait);
        String query = "/reveal?token=" + lease.token() + "&wait=" + bounded.toSeconds();
        Answer answer =
                wire.send(wire.to(path(lease) + query).GET(), new Bounds(SHORT.plus(bounded), LARGE), OK_OR_NOTHING);
        return answer.status() == 204 ? Optional.empty() : Optional.of(answer.read(HttpCoordinator::reveal));
    }

    @Override
    public void handBack(Lease lease) throws CoordinatorException, InterruptedException {
        wire.send(wire.to(path(lease) + "?token=" + lease.token()).DELETE(), new Bounds(SHORT, SMALL), OK_OR_NOTHING);
    }

    @Override
    public boolean isOver(RoundId round) throws CoordinatorException, InterruptedException {
        Answer answer = wire.send(wire.to("v1/rounds/" + round).GET(), new Bounds(SHORT, LARGE), Set.of(200, 404));
        return answer.status() == 404
                || answer.read(fields -> fields.string("state").equals("LOGGED"));
    }

    private LogIndex say(Lease lease, String what, Envelope envelope)
            throws CoordinatorException, InterruptedException {
        Json.Obj body = Json.object()
                .put("token", lease.token().value())
                .put("envelope", envelope.json())
                .build();
        Answer answer = wire.send(wire.post(path(lease) + what, body), new Bounds(SHORT, SMALL), OK);
        return answer.read(fields -> index(fields, "index"));
    }

    private Assignment assignment(Fields fields, Answer answer) throws MalformedException {
        var lease = new Lease(
                fields.string("round", RoundId::parse), new LeaseToken(fields.integer("token", 0, Json.MAX_INTEGER)));
        return new Assignment(
                lease,
                fields.string("phase", HttpCoordinator::phase),
                remaining(fields, answer),
                fields.object("opening", Envelope::read));
    }

    /** Measured on the coordinator's clock, where its answer carries the time, because this machine's may differ. */
    private Duration remaining(Fields fields, Answer answer) throws MalformedException {
        Instant expires = fields.string("expires", Instants::parse);
        Instant now = answer.headers()
                .firstValue("Date")
                .flatMap(HttpCoordinator::date)
                .orElseGet(clock::instant);
        return Duration.between(now, expires);
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Reveal reveal(Fields fields) throws MalformedException {
        String checkpoint = fields.string("checkpoint");
        if (checkpoint.length() > SignedNote.MAX_BYTES) {
            throw fields.wrong("checkpoint", "is too long");
        }
        return new Reveal(
                checkpoint,
                fields.objects("commitments", Reveal.MOST, HttpCoordinator::shown),
                fields.has("evidence")
                        ? fields.objects("evidence", Reveal.MOST_EVIDENCE, HttpCoordinator::evidence)
                        : List.of());
    }

    private static Reveal.Evidence evidence(Fields fields) throws MalformedException {
        return new Reveal.Evidence(fields.string("key", P256Key::parse), shown(fields));
    }

    private static Reveal.Shown shown(Fields fields) throws MalformedException {
        return new Reveal.Shown(
                index(fields, "index"),
                fields.object("envelope", Envelope::read),
                fields.strings("inclusion", MerkleProof.MAX_HASHES, hash -> Sha256.ofDigest(Base64Text.decode(hash))));
    }

    private static LogIndex index(Fields fields, String name) throws MalformedException {
        return new LogIndex(fields.integer(name, 0, TreeHead.MAX_SIZE - 1));
    }

    private static Assignment.Phase phase(String word) {
        return switch (word) {
            case "build" -> Assignment.Phase.BUILD;
            case "reveal" -> Assignment.Phase.REVEAL;
            default -> throw new IllegalArgumentException("must be build or reveal");
        };
    }

    private static String path(Lease lease) {
        return "v1/leases/" + lease.round();
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
