package dev.quorate.it.sim;

import dev.quorate.coordinator.log.LogFsck;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.SignedTrust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run: trouble for some time, then calm in which every round has to come to its end. */
final class Run implements Liar.Eavesdropper {
    private static final long TROUBLE = Duration.ofMinutes(20).toMillis();
    private static final long QUIET = Duration.ofMinutes(36).toMillis();
    private static final long END = Duration.ofHours(4).toMillis();
    private static final long TICK = 5000;

    private final Chance chance;
    private final Setting setting;
    private final World.Trace trace;
    private final World world;
    private final SimulatedDisk disk;
    private final EventStore store;
    private final Oracle oracle;
    private final WitnessCheck witnessed;
    private final KitCheck kits;
    private final Network network;
    private final Map<BuilderId, SimulatedBuilder> builders = new TreeMap<>();
    private final List<Envelope> heard = new ArrayList<>();
    private final List<Request.Attest> shown = new ArrayList<>();
    private final Optional<Fleet> fleet;
    private final Optional<SimulatedWitnesses> witnesses;
    private final Optional<SimulatedAuthority> authority;
    private final Optional<Chance> witnessing;
    private final Optional<Chance> stamping;
    private final Quotes quotes;
    private final Optional<Chance> own;
    /** Nothing goes wrong. */
    private final boolean quiet;

    private final List<byte[]> roundIds = new ArrayList<>();
    private Optional<SimulatedCoordinator> coordinator = Optional.empty();
    private final RootHolders holders;
    /** Signed by the root key holders, and not yet taken as far as they know. */
    private Optional<SignedTrust> signed = Optional.empty();

    private long skew;
    private long changes;

    Run(long seed, Extras extras, World.Trace trace) {
        chance = new Chance(seed);
        own = extras.hosts(seed);
        quiet = extras.isQuiet(seed);
        Setting drawn = Setting.by(chance.split(), own.map(Chance::split));
        witnessing = extras.witnesses(seed);
        stamping = extras.authority(seed);
        Setting cosigned = witnessed(quiet ? drawn.quiet() : drawn, witnessing.map(Chance::split));
        setting = stamping.isPresent() ? cosigned.stamped() : cosigned;
        quotes = new Quotes();
        this.trace = trace;
        world = new World(trace);
        authority = stamping.map(c -> new SimulatedAuthority(setting, world, c.split()));
        witnesses = witnessing.map(c -> new SimulatedWitnesses(setting, world, c));
        disk = new SimulatedDisk(chance.split());
        store = new EventStore(chance.split());
        oracle = new Oracle(setting, quotes, chance.split());
        witnessed = new WitnessCheck(setting.witnessing());
        kits = new KitCheck(setting, witnessed, authority);
        network = new Network(world, chance.split(), this::handle, setting.weather());
        holders = new RootHolders(chance.split(), own.map(Chance::split).map(HostHolders::new));
        fleet = own.map(c -> new Fleet(quotes, c, world));
        setting.characters().forEach((id, character) -> builders.put(id, builder(id, character)));
        setting.specs().forEach(ignored -> roundIds.add(chance.bytes(16)));
        world.tell("setting", setting.policy() + " " + setting.characters() + " " + setting.weather());
    }

    private Vouchers vouchers() {
        return new Vouchers() {
            @Override
            public Optional<SimulatedCosigner> cosigner(SteppedLog log) {
                return witnesses.map(w -> w.cosigner(log, witnessed, Run.this::clock, Run.this::failed));
            }

            @Override
            public Optional<SimulatedStamper> stamper() {
                return authority.map(a -> new SimulatedStamper(a, store, world, Run.this::clock, Run.this::failed));
            }
        };
    }

    private Setting witnessed(Setting drawn, Optional<Chance> witnessing) {
        return witnessing
                .map(Witnessing::by)
                .map(by -> drawn.witnessed(quiet ? by.quiet() : by))
                .orElse(drawn);
    }

    private SimulatedBuilder builder(BuilderId id, Setting.Character character) {
        return character == Setting.Character.LIAR
                ? new Liar(id, world, chance.split(), network, setting, fleet.map(f -> f.showing(id)), this)
                : new SimulatedBuilder(id, world, chance.split(), network, setting, fleet.map(f -> f.showing(id)));
    }

    /**
     * Plays it to the end.
     *
     * @return how many things happened, the same for the same seed
     */
    long play() throws IOException {
        start();
        builders.values().forEach(SimulatedBuilder::start);
        disk.faultOneIn(setting.faults());
        store.faultOneIn(setting.faults());
        tick();
        if (quiet) {
            builders.values().forEach(SimulatedBuilder::calm);
        } else {
            disturb();
            fleet.ifPresent(machines -> machines.strike(builders, TROUBLE));
            witnesses.ifPresent(w -> w.disturb(TROUBLE));
            authority.ifPresent(a -> a.disturb(TROUBLE));
            world.after(TROUBLE, this::calm);
        }
        while (world.now() < QUIET || !isOver()) {
            world.step();
            if (world.now() > END) {
                throw new Violation("LIVE", "a round does not end: " + store.rounds());
            }
        }
        finish();
        return world.count();
    }

    private Instant clock() {
        Instant now = world.instant().plusMillis(skew);
        oracle.saw(now);
        return now;
    }

    private void start() {
        disk.restart();
        network.still(0);
        try {
            coordinator = Optional.of(new SimulatedCoordinator(setting, disk, store, oracle, clock(), vouchers()));
            world.tell("coordinator", "is up");
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        world.tell("coordinator", "dies: " + e.getMessage());
        if (e instanceof PowerCut) {
            disk.cut();
        }
        coordinator.ifPresent(SimulatedCoordinator::die);
        coordinator = Optional.empty();
        world.after(100 + chance.below(40_000), this::start);
    }

    private Optional<Reply> handle(Request request) {
        if (coordinator.isEmpty()) {
            return Optional.empty();
        }
        switch (request) {
            case Request.Commit r -> heard.add(r.envelope());
            case Request.Prove r -> heard.add(r.envelope());
            case Request.Attest r -> shown.add(r);
            default -> {}
        }
        try {
            Reply reply = coordinator.get().handle(request, clock());
            world.tell(
                    "coordinator",
                    request.from() + " " + request.getClass().getSimpleName() + " -> "
                            + reply.getClass().getSimpleName() + why(reply));
            look(coordinator.get());
            return Optional.of(reply);
        } catch (IOException e) {
            failed(e);
            return Optional.empty();
        }
    }

    /** The clock of whoever checks a kit, which is no earlier than what the coordinator takes for the time. */
    private Instant user() {
        return (witnesses.isPresent() || authority.isPresent())
                        && world.instant().isAfter(oracle.latest())
                ? world.instant()
                : oracle.latest();
    }

    private static String why(Reply reply) {
        return reply instanceof Reply.Refused refused ? " " + refused.why() : "";
    }

    private void look(SimulatedCoordinator up) throws IOException {
        if (chance.oneIn(3)) {
            up.publish();
        }
        oracle.watch(up.log());
        if (changes != store.changes() && chance.oneIn(25) && !up.rounds().isEmpty()) {
            kits.check(up, chance.of(List.copyOf(up.rounds().keySet())), user());
        }
        changes = store.changes();
    }

    private void tick() {
        world.after(TICK, this::tick);
        if (coordinator.isPresent() && !network.isStill()) {
            try {
                Instant now = clock();
                for (int i = 0; i < setting.specs().size(); i++) {
                    coordinator.get().submit(setting.specs().get(i), roundIds.get(i), now);
                }
                push(coordinator.get(), now);
                coordinator.get().look(now);
                coordinator.get().askOthers();
                oracle.requireReviewed(coordinator.get());
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void push(SimulatedCoordinator up, Instant now) throws IOException {
        if (signed.isPresent()) {
            SignedTrust next = signed.get();
            if (up.push(holders.forged(up.trust(), Cast.CERTIFIER_KEY), now)) {
                throw new Violation("I11", "a trust root is taken that no root key has signed");
            }
            if (!up.push(next, now)) {
                throw new Violation("I11", "the next trust root is refused");
            }
            world.tell("trust", "version " + next.trust().version() + " is in force");
            signed = Optional.empty();
        }
    }

    /** Root key holders sign the version that follows the newest; a crash makes them send the same again. */
    private void sign() {
        if (signed.isEmpty() && coordinator.isPresent()) {
            List<Sha256> certificates = coordinator.get().rounds().values().stream()
                    .flatMap(round -> round.certificate().stream())
                    .map(filed -> filed.envelope())
                    .toList();
            List<P256Key> voices = coordinator.get().rounds().values().stream()
                    .flatMap(round -> round.assignments().values().stream())
                    .flatMap(part -> part.voices().stream())
                    .toList();
            signed = Optional.of(holders.next(coordinator.get().trust(), world.instant(), certificates, voices));
            world.tell("trust", "is signed: " + signed.get().trust().revocations());
        }
    }

    private void disturb() {
        if (world.now() >= TROUBLE) {
            return;
        }
        world.after(chance.below(240_000), this::disturb);
        switch (chance.below(8)) {
            case 0 -> chance.of(List.copyOf(builders.values())).crash(chance.below(90_000));
            case 1 -> {
                skew = chance.between(-600_000, 600_000);
                world.tell("clock", "jumps to " + skew);
            }
            case 2 -> {
                if (coordinator.isPresent()) {
                    failed(new PowerCut());
                }
            }
            case 3 -> {
                if (coordinator.isPresent()) {
                    failed(new IOException("killed"));
                }
            }
            case 4 -> {
                long pause = chance.below(120_000);
                network.still(pause);
                world.tell("coordinator", "stands still for " + pause);
            }
            case 5 -> sign();
            default -> {}
        }
    }

    private void calm() {
        world.tell("calm", "begins");
        disk.faultOneIn(0);
        store.faultOneIn(0);
        network.weather(Network.Weather.FAIR);
        skew = 0;
        builders.values().forEach(SimulatedBuilder::calm);
        witnesses.ifPresent(SimulatedWitnesses::calm);
        authority.ifPresent(SimulatedAuthority::calm);
        fleet.ifPresent(machines -> machines.calm(
                builders, setting, store.archive().versions().getLast().trust()));
        if (chance.oneIn(3)) {
            world.after(chance.below(600_000), this::sign);
        }
    }

    private boolean isOver() throws IOException {
        return coordinator.isPresent()
                && signed.isEmpty()
                && !store.archive().isPending()
                && coordinator.get().settled() == setting.specs().size()
                && coordinator.get().rounds().values().stream().allMatch(r -> r.phase() == Phase.LOGGED)
                && coordinator.get().isVouchedFor();
    }

    private void finish() throws IOException {
        SimulatedCoordinator last = coordinator.orElseThrow();
        last.publish();
        oracle.watch(last.log());
        oracle.requireKept(last);
        oracle.requireReviewed(last);
        oracle.hosts().requireTold(last.hosts(), last.log());
        for (RoundId round : last.rounds().keySet()) {
            world.tell(
                    "end",
                    round + " " + last.rounds().get(round).verdict() + " "
                            + last.rounds().get(round).reason());
            if (quiet && last.rounds().get(round).verdict() != Verdict.CERTIFIED) {
                throw new Violation("LIVE", "nothing went wrong, and " + round + " is not certified");
            }
            kits.check(last, round, user());
            var corrupt = new CorruptCoordinator(setting, kits, chance, oracle.latest());
            corrupt.attack(KitCheck.lines(last, round));
            if (store.archive().versions().size() > 1) {
                corrupt.hideVersions(store.archive().versions(), KitCheck.lines(last, round));
            }
            if (setting.asksForToken() && last.rounds().get(round).certificate().isPresent()) {
                new FalseTime(kits, stamping.orElseThrow(), user()).attack(KitCheck.lines(last, round));
            }
            if (witnessing.isPresent() && witnessing.get().oneIn(3)) {
                new SplitView(setting, kits, new WitnessCheck(setting.witnessing()), witnessing.get(), trace)
                        .attack(KitCheck.lines(last, round));
            }
            if (own.isPresent() && last.rounds().get(round).verdict() == Verdict.CERTIFIED) {
                SignedTrust newest = store.archive().versions().getLast();
                new FalseCertifier(kits, oracle.counts(), quotes, own.get(), newest, oracle.latest())
                        .attack(KitCheck.lines(last, round), setting.policy().threshold());
            }
        }
        if (!(LogFsck.check(disk, Cast.LOG.key()) instanceof LogFsck.Result.Sound)) {
            throw new Violation(
                    "I8", "the log's files are not what they must be: " + LogFsck.check(disk, Cast.LOG.key()));
        }
    }

    @Override
    public List<Envelope> envelopes() {
        return heard;
    }

    @Override
    public List<Request.Attest> evidence() {
        return shown;
    }

    @Override
    public List<Outcome> revealed(RoundId round) {
        return Testimony.proofs(store.envelopes(round)).stream()
                .map(Logged::value)
                .map(BuildProof::outcome)
                .toList();
    }
}
