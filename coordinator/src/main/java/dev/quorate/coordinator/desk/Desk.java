package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.log.TileLog;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.coordinator.store.TrustStore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Json;
import dev.quorate.kit.Kit;
import dev.quorate.log.NoteKey;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.Platform;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** Everything that can be asked of a coordinator. Safe for many threads; whatever waits, blocks its caller. */
public final class Desk {
    private final TrustBook book;
    private final TrustStore trust;
    private final Hosts hosts;
    private final Accession accession;
    private final Bell bell;
    private final Rounds rounds;
    private final Intake intake;
    private final Leasing leasing;
    private final Testimony testimony;
    private final Kits kits;
    private final StatusView view;
    private final Clerk clerk;
    private final Counter counter;
    private final Links links;

    /**
     * A desk over open stores.
     *
     * @param versions of the trust root that were in force here, oldest first
     * @param heads finds what kits are proven under
     * @param stamps has certificates stamped
     * @param executor runs what is done in the background
     * @param alarm calls {@link #lookAt}
     */
    public Desk(
            Setup setup,
            List<SignedTrust> versions,
            RoundStore store,
            BlobStore blobs,
            TileLog log,
            NoteKey logKey,
            Heads heads,
            Stamps stamps,
            Clock clock,
            Executor executor,
            Alarm alarm) {
        this.book = new TrustBook(versions);
        var signers = new Signers(book);
        var page = new LogBook(log, logKey, heads);
        var fleet = new Fleet();
        this.bell = new Bell();
        this.clerk = new Clerk(executor, alarm, bell, clock);
        this.rounds = new Rounds(store, signers, clock, bell, alarm, this::due);
        var hostNotices = new HostNotices(setup, store.standings(), page);
        this.counter = new Counter(setup, signers, rounds, page, hostNotices, stamps, clock);
        var prospects = new Prospects(signers);
        var barring = new Barring(rounds, prospects, clock);
        this.hosts = new Hosts(signers, barring, hostNotices, clock);
        this.intake = new Intake(setup, signers, rounds, fleet, hosts, page, clock);
        this.leasing = new Leasing(rounds, fleet, hosts.standings(), barring, bell, clock);
        this.testimony = new Testimony(rounds, signers, page, hosts, blobs, clock);
        this.kits = new Kits(rounds, signers, page, stamps, bell);
        this.view = new StatusView(counter, store, clock);
        this.trust = store.trust();
        var reviewer = new Reviewer(
                trust, signers, rounds, counter, prospects, new Notices(setup, trust, page), bell, executor, clock);
        this.accession = new Accession(book, trust, page, hosts::recheck, reviewer, clock);
        this.links = new Links(rounds, signers, view, clock);
    }

    /** Goes on where the last process stopped. */
    public void resume() throws IOException, RefusedException, InterruptedException {
        for (RoundId id : rounds.store().undescribed()) {
            counter.describe(rounds.find(id).orElseThrow());
        }
        rounds.resume();
        hosts.resume();
        accession.resume();
    }

    /** The trust root in force. */
    public TrustBook trust() {
        return book;
    }

    /**
     * Brings a later version of the trust root into force.
     *
     * @return the version in force
     */
    public TrustRoot push(SignedTrust next) throws RefusedException, IOException, InterruptedException {
        return accession.push(next);
    }

    /** What was signed because of later versions of the trust root, as Sigstore bundles. */
    public Kit notices() throws RefusedException, IOException, InterruptedException {
        return kits.notices(trust.notices());
    }

    /** What changes the standing of the builders' hosts. */
    public Hosts hosts() {
        return hosts;
    }

    /** Every change of a host's standing, each after the evidence of it, as Sigstore bundles. */
    public Kit hostNotices() throws RefusedException, IOException, InterruptedException {
        return kits.hostNotices(hosts.notices());
    }

    private void due(RoundId round) {
        clerk.work(round, () -> counter.work(rounds.find(round).orElseThrow()));
    }

    /** Time has come for a round. */
    public void lookAt(RoundId round) {
        clerk.lookAt(round, rounds);
        Optional<LiveRound> live;
        try {
            live = rounds.find(round);
        } catch (IOException e) {
            return;
        }
        live.filter(r -> r.state().due() != Due.NOTHING).ifPresent(r -> due(round));
    }

    /** Ends all waiting; from now on nothing is leased. */
    public void drain() {
        bell.close();
    }

    /** Whether {@link #drain} was called. */
    public boolean isDraining() {
        return bell.isClosed();
    }

    /** Rung at every change of a round. */
    public Bell bell() {
        return bell;
    }

    /** Opens a round, or finds the open one over the same spec. */
    public Submitted submit(Wish wish) throws RefusedException, InterruptedException {
        return intake.submit(wish);
    }

    /** Work for a builder, now or as soon as there is some. */
    public Optional<Lease> lease(Asker asker, Platform platform, Duration wait)
            throws RefusedException, InterruptedException, IOException {
        return leasing.lease(asker, platform, wait);
    }

    /** Keeps a lease; answers when it ends. */
    public Instant heartbeat(BuilderId builder, RoundId round, LeaseToken token) throws RefusedException, IOException {
        return leasing.heartbeat(builder, round, token);
    }

    /** Takes work back. */
    public void handBack(BuilderId builder, RoundId round, LeaseToken token) throws RefusedException, IOException {
        leasing.handBack(builder, round, token);
    }

    /** Takes evidence of a builder's host, by the key that it is about. */
    public Filed attest(BuilderId builder, RoundId round, LeaseToken token, P256Key key, Envelope envelope)
            throws RefusedException, IOException, InterruptedException {
        return testimony.attest(builder, round, token, key, envelope);
    }

    /** Takes a commitment. */
    public Filed commit(BuilderId builder, RoundId round, LeaseToken token, Envelope envelope)
            throws RefusedException, IOException, InterruptedException {
        return testimony.commit(builder, round, token, envelope);
    }

    /** Takes a proof. */
    public Filed prove(BuilderId builder, RoundId round, LeaseToken token, Envelope envelope)
            throws RefusedException, IOException, InterruptedException {
        return testimony.prove(builder, round, token, envelope);
    }

    /** All commitments for a holder, once revealing has begun. */
    public Optional<Json.Obj> reveal(BuilderId builder, RoundId round, LeaseToken token, Duration wait)
            throws RefusedException, IOException, InterruptedException {
        return kits.reveal(leasing.held(builder, round, token), wait);
    }

    /** What is known of a round. */
    public Json.Obj status(RoundId round) throws RefusedException, IOException {
        return view.of(rounds.get(round));
    }

    /** How far a round is. */
    public Phase phase(RoundId round) throws RefusedException, IOException {
        return rounds.get(round).state().phase();
    }

    /** The newest rounds, newest first. */
    public List<Json.Obj> statuses(int most) throws RefusedException, IOException {
        List<Json.Obj> list = new ArrayList<>();
        for (RoundId id : rounds.store().newest(most)) {
            list.add(status(id));
        }
        return list;
    }

    /** The kit so far. */
    public Kit kit(RoundId round) throws RefusedException, IOException, InterruptedException {
        return kits.kit(rounds.get(round));
    }

    /** The links that builders signed, for tools that read nothing else. */
    public Links links() {
        return links;
    }

    /** How many rounds are open. */
    public int openRounds() {
        return rounds.open().size();
    }

    /** How many rounds there are in all. */
    public long countRounds() {
        return rounds.store().count();
    }

    /** Most bytes that a builder may upload under one digest now: it must have something to reveal. */
    public OptionalLong uploadLimit(BuilderId builder) {
        return rounds.queue(builder).stream()
                .filter(round -> round.state().phase() == Phase.REVEALING)
                .filter(round -> round.state()
                        .assignment(builder)
                        .filter(part -> part.commitment().isPresent())
                        .flatMap(Assignment::leasedUntil)
                        .isPresent())
                .map(round -> round.opening().spec().limits())
                .mapToLong(
                        limits -> Math.max(limits.disk().bytes(), limits.log().bytes()))
                .max();
    }

    /** The size of a file that the spec of an open round pins. */
    public OptionalLong pinnedSize(Sha256 digest) {
        return rounds.open().stream()
                .flatMap(round -> round.opening().spec().locked().orElse(List.of()).stream())
                .filter(file -> file.sha256().equals(digest))
                .mapToLong(LockedFile::size)
                .findFirst();
    }
}
