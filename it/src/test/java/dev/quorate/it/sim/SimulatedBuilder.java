package dev.quorate.it.sim;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.it.sim.Setting.Character;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A small model of the agent's protocol, not the agent itself, whose worker waits in threads: lease, build, write the
 * journal, commit, await the others, reveal; every call is repeated until it is answered, and a crash leaves the journal.
 */
class SimulatedBuilder {
    final BuilderId id;
    final World world;
    final Chance chance;
    final Network network;
    final Optional<Showing> showing;
    private final Setting setting;
    private final Map<RoundId, Entry> journal = new TreeMap<>();
    /** Whatever was begun under an older number has died with its process. */
    private int life;

    private boolean calm;

    /** What the disk of a builder knows of a round. */
    record Entry(Outcome outcome, Nonce nonce, Envelope commitment, OptionalLong index) {}

    /**
     * What it has a lease of.
     *
     * @param logged digest of the opening's envelope
     */
    record Held(RoundOpening opening, Sha256 logged, LeaseToken token) {
        RoundId round() {
            return opening.round();
        }
    }

    /**
     * A builder.
     *
     * @param showing how it shows its machine, where hosts are asked for
     */
    SimulatedBuilder(
            BuilderId id, World world, Chance chance, Network network, Setting setting, Optional<Showing> showing) {
        this.id = id;
        this.world = world;
        this.chance = chance;
        this.network = network;
        this.setting = setting;
        this.showing = showing;
    }

    void start() {
        life++;
        showing.ifPresent(Showing::forget);
        later(1 + chance.below(2000), this::lease);
    }

    /** The process dies; another one starts after that time. */
    void crash(long down) {
        world.tell(id.text(), "crashes");
        life++;
        world.after(down, this::start);
    }

    void calm() {
        calm = true;
    }

    private void later(long milliseconds, Runnable what) {
        int born = life;
        // Now and then the whole process stands still, longer than a lease lasts.
        long pause = !calm && chance.oneIn(40) ? chance.below(120_000) : 0;
        world.after(milliseconds + pause, () -> {
            if (born == life) {
                what.run();
            }
        });
    }

    private void ask(Request request, Consumer<Reply> then, Runnable again) {
        int born = life;
        network.ask(request, reply -> {
            if (born == life) {
                reply.ifPresentOrElse(then, () -> later(chance.below(2000), again));
            }
        });
    }

    private void lease() {
        if (showing.filter(s -> s.isDue(world.now())).isPresent()) {
            show(showing.get());
            return;
        }
        ask(
                new Request.Lease(id, showing.flatMap(Showing::certificate)),
                reply -> {
                    if (reply instanceof Reply.Work work) {
                        var held = new Held(work.opening(), work.logged(), work.token());
                        showing.ifPresent(Showing::began);
                        leased(held);
                        go(held, work.stage());
                    } else {
                        if (reply instanceof Reply.Refused) {
                            showing.ifPresent(Showing::dismissed);
                        }
                        later(5000 + chance.below(30_000), this::lease);
                    }
                },
                this::lease);
    }

    /** Asks to be admitted; without that there is no work. */
    private void show(Showing machine) {
        ask(
                new Request.Nonce(id),
                reply -> {
                    if (reply instanceof Reply.Asked asked) {
                        later(1 + chance.below(1000), () -> answer(machine, machine.answer(asked.nonce())));
                    }
                },
                this::lease);
    }

    private void answer(Showing machine, Voice shown) {
        ask(
                new Request.Admit(id, shown.signer().publicKey(), shown.evidence()),
                reply -> {
                    if (reply instanceof Reply.Admitted admitted) {
                        machine.admitted(admitted, world.now());
                        lease();
                    } else {
                        machine.dismissed();
                        later(10_000 + chance.below(30_000), this::lease);
                    }
                },
                this::lease);
    }

    /** Shows the machine in a round, unless its key is known there or it is not asked to. */
    private void introduce(Held held, Runnable then) {
        if (showing.isEmpty() || showing.get().signer().isPresent()) {
            then.run();
            return;
        }
        Voice voice = showing.get().voice(held.round(), held.logged());
        var request = new Request.Attest(
                id, held.round(), held.token(), voice.signer().publicKey(), voice.evidence());
        say(request, filed -> {
            showing.get().heard();
            then.run();
        });
    }

    private Signer signer() {
        return showing.flatMap(Showing::signer).orElse(Cast.BUILDERS.get(id));
    }

    /** For builders that want more than their part. */
    void leased(Held held) {}

    private void go(Held held, Answer.Stage stage) {
        Entry entry = journal.get(held.round());
        if (entry != null) {
            if (entry.index().isPresent()) {
                await(held);
            } else {
                commit(held);
            }
        } else if (stage == Answer.Stage.REVEAL) {
            later(30_000, this::lease);
        } else {
            network.ask(new Request.Heartbeat(id, held.round(), held.token()), ignored -> {});
            later(chance.below(60_000), () -> built(held));
        }
    }

    private void built(Held held) {
        if (!calm && chance.oneIn(10)) {
            excuse(held);
            return;
        } else if (!calm && chance.oneIn(15)) {
            ask(new Request.HandBack(id, held.round(), held.token()), ignored -> lease(), this::lease);
            return;
        }
        var nonce = Nonce.of(chance.bytes(32));
        Outcome outcome = outcome();
        journal.put(
                held.round(),
                new Entry(outcome, nonce, commitment(held.opening(), nonce, outcome), OptionalLong.empty()));
        commit(held);
    }

    private Outcome outcome() {
        return switch (setting.character(id)) {
            case HONEST, SILENT -> chance.of(setting.right());
            case WRONG -> Setting.EVIL;
            case LIAR -> chance.oneIn(3) ? new Outcome.Failed(FailureClass.BUILD_FAILED, "it says") : Setting.EVIL;
        };
    }

    Envelope commitment(RoundOpening opening, Nonce nonce, Outcome outcome) {
        return commitment(opening, nonce, outcome, signer());
    }

    Envelope commitment(RoundOpening opening, Nonce nonce, Outcome outcome, Signer signer) {
        return Cast.sign(
                Commitment.to(opening.digest(), opening.round(), id, nonce, outcome.digest())
                        .statement(),
                signer);
    }

    Envelope proof(RoundOpening opening, Nonce nonce, Outcome outcome, OptionalLong index) {
        return proof(opening, nonce, outcome, index, signer());
    }

    Envelope proof(RoundOpening opening, Nonce nonce, Outcome outcome, OptionalLong index, Signer signer) {
        var proof = new BuildProof(
                opening.digest(),
                opening.round(),
                id,
                outcome,
                nonce,
                index,
                Dependency.of(opening.spec()),
                Sha256.of("log"),
                Sha256.of("environment"),
                Cast.START,
                Cast.START.plusMillis(world.now()));
        return Cast.sign(proof.statement(), signer);
    }

    Optional<Entry> entry(RoundId round) {
        return Optional.ofNullable(journal.get(round));
    }

    private void excuse(Held held) {
        var outcome = new Outcome.Failed(FailureClass.INFRASTRUCTURE, "no disk");
        Envelope proof = proof(held.opening(), Nonce.of(chance.bytes(32)), outcome, OptionalLong.empty());
        say(new Request.Prove(id, held.round(), held.token(), proof), ignored -> lease());
    }

    private void commit(Held held) {
        introduce(held, () -> commitNow(held));
    }

    private void commitNow(Held held) {
        Entry entry = journal.get(held.round());
        // The key that a process before this one signed with is gone; the statement is the same.
        Envelope said =
                showing.isEmpty() ? entry.commitment() : commitment(held.opening(), entry.nonce(), entry.outcome());
        say(new Request.Commit(id, held.round(), held.token(), said), filed -> {
            journal.put(
                    held.round(),
                    new Entry(entry.outcome(), entry.nonce(), entry.commitment(), OptionalLong.of(filed.index())));
            await(held);
        });
    }

    private void await(Held held) {
        if (setting.character(id) == Character.SILENT) {
            later(60_000, this::lease);
            return;
        }
        ask(
                new Request.Reveal(id, held.round(), held.token()),
                reply -> {
                    if (reply instanceof Reply.Revealed revealed) {
                        requireOwn(held, revealed);
                        prove(held);
                    } else if (reply instanceof Reply.Nothing) {
                        later(1000 + chance.below(5000), () -> await(held));
                    } else {
                        later(1000, this::lease);
                    }
                },
                () -> await(held));
    }

    private void requireOwn(Held held, Reply.Revealed revealed) {
        Entry entry = journal.get(held.round());
        if (revealed.commitments().stream()
                .noneMatch(c -> c.digest().equals(entry.commitment().digest())
                        && c.index() == entry.index().getAsLong())) {
            throw new Violation("I3", id + " finds its commitment missing before it reveals");
        }
    }

    private void prove(Held held) {
        introduce(held, () -> proveNow(held));
    }

    private void proveNow(Held held) {
        Entry entry = journal.get(held.round());
        Envelope proof = proof(held.opening(), entry.nonce(), entry.outcome(), entry.index());
        say(new Request.Prove(id, held.round(), held.token(), proof), ignored -> lease());
    }

    private void say(Request request, Consumer<Reply.Filed> then) {
        ask(
                request,
                reply -> {
                    if (reply instanceof Reply.Filed filed) {
                        then.accept(filed);
                    } else {
                        later(1000, this::lease);
                    }
                },
                () -> say(request, then));
    }
}
