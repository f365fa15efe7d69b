package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.it.witness.TlogWitness;
import dev.quorate.kit.Kit;
import dev.quorate.log.VerifiedCheckpoint;
import dev.quorate.verify.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A corrupt coordinator that shows one history to some and another one to others, both under its key, and has witnesses
 * cosign what it can: some of them on this side, some on that, with whatever sizes and proofs may get it further.
 */
final class SplitView {
    private static final long END = Duration.ofMinutes(6).toMillis();
    private static final int STEP = 6000;

    private final Setting setting;
    private final KitCheck kits;
    private final WitnessCheck check;
    private final Chance chance;
    private final World world;
    private final SimulatedWitnesses witnesses;
    private final Map<Integer, Long> sizes = new HashMap<>();
    private boolean over;

    SplitView(Setting setting, KitCheck kits, WitnessCheck check, Chance chance, World.Trace trace) {
        this.setting = setting;
        this.kits = kits;
        this.check = check;
        this.chance = chance;
        this.world = new World(trace);
        this.witnesses = new SimulatedWitnesses(setting, world, chance.split());
    }

    /** Tells a round as it was, and from some place on otherwise. */
    void attack(List<Testimony> truth) throws IOException {
        long opened = Testimony.opening(truth).index();
        long last = truth.stream().mapToLong(Testimony::index).max().orElseThrow();
        long common = chance.between((int) opened + 1, (int) last);
        var one = new Fork(truth, last + 1, new SimulatedDisk(chance));
        var other = new Fork(told(truth, common), last + 1, new SimulatedDisk(chance));
        for (long i = 0; i < common; i++) {
            one.grow();
            other.grow();
        }
        witnesses.disturb(END / 2);
        world.after(END, () -> over = true);
        world.after(1, () -> step(List.of(one, other), common));
        while (!over) {
            world.step();
        }
        show(one);
        one.sizes().stream().filter(size -> isEnough(one, size)).forEach(size -> acknowledge(one, size));
        show(other);
    }

    private boolean isEnough(Fork fork, long size) {
        return setting.witnessing().suffice(fork.note(size));
    }

    /** The same up to there; then two lines change places, or one is left out, which no certificate names. */
    private List<Testimony> told(List<Testimony> truth, long common) {
        List<Testimony> late =
                truth.stream().filter(line -> line.index() >= common).toList();
        Testimony first = chance.of(late);
        Testimony second = chance.of(late);
        List<Testimony> told = new ArrayList<>(truth);
        told.remove(first);
        if (first != second) {
            told.remove(second);
            told.add(first.at(second.index()));
            told.add(second.at(first.index()));
        }
        return certified(told);
    }

    /** With a certificate that names what is told and nothing else. */
    private static List<Testimony> certified(List<Testimony> told) {
        List<Sha256> shown = told.stream().map(Testimony::digest).toList();
        return told.stream()
                .map(line -> line.value() instanceof Certificate honest ? naming(honest, shown, line.index()) : line)
                .toList();
    }

    private static Testimony naming(Certificate honest, List<Sha256> shown, long index) {
        var certificate = new Certificate(
                honest.subjects(),
                honest.certifier(),
                honest.release(),
                honest.time(),
                honest.policy(),
                honest.proofs().stream().filter(shown::contains).toList(),
                honest.levels(),
                honest.round(),
                honest.spec(),
                honest.verdict());
        Envelope envelope = Cast.sign(certificate.statement(), Cast.CERTIFIER_KEY);
        return Testimony.of(EnvelopeKind.CERTIFICATE, envelope, Cast.CERTIFIER_KEY.publicKey(), certificate)
                .at(index);
    }

    private void step(List<Fork> forks, long common) {
        world.after(1 + chance.below(STEP), () -> step(forks, common));
        try {
            Fork fork = chance.of(forks);
            if (chance.oneIn(2)) {
                fork.grow();
            }
            int witness = chance.below(setting.witnessing().natures().size());
            // Each is mostly on one side.
            ask(witness, chance.oneIn(5) ? fork : forks.get(witness % 2), forks, common);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ask(int witness, Fork fork, List<Fork> forks, long common) throws IOException {
        long size = fork.size();
        long old = switch (chance.below(8)) {
            case 0 -> common;
            case 1 -> 0L;
            case 2 -> (long) chance.below((int) size + 1);
            default -> sizes.getOrDefault(witness, 0L);
        };
        Fork proving = chance.oneIn(6) ? chance.of(forks) : fork;
        var body = new StringBuilder("old " + old + "\n");
        if (old <= size && size <= proving.size()) {
            proving.log()
                    .consistency(old, size)
                    .forEach(hash -> body.append(Base64.getEncoder().encodeToString(hash.bytes()))
                            .append('\n'));
        }
        VerifiedCheckpoint head = fork.head(size);
        witnesses.ask(
                witness,
                body.append('\n').append(head.note()).toString(),
                answer -> answer.ifPresent(said -> heard(witness, fork, size, said)));
    }

    private void heard(int witness, Fork fork, long size, TlogWitness.Answer answer) {
        if (answer.status() == 200) {
            sizes.put(witness, size);
            fork.answered(size, answer.body(), setting.witnessing());
        } else if (answer.status() == 409) {
            sizes.put(witness, Long.parseLong(answer.body().strip()));
        }
    }

    /** Somebody looks at every head that this history had, and at what its kit was then. */
    private void show(Fork fork) throws IOException {
        for (long size : fork.sizes()) {
            VerifiedCheckpoint head = setting.witnessing().verified(fork.note(size));
            if (isEnough(fork, size)) {
                world.tell(
                        "user",
                        "believes a head of " + size + ", " + head.head().root());
                check.believed(head.head(), fork.entries(size));
            }
            Kit kit = KitCheck.kit(List.of(), fork.lines(size), fork.log(), head, line -> List.of());
            Report report = kits.verify(kit, Optional.empty(), world.instant().plus(SimulatedWitness.SKEW));
            if (KitCheck.said(report).equals("WITNESSES_TOO_FEW") == isEnough(fork, size)) {
                throw new Violation("SPLIT", "a kit under a head of " + size + " is " + KitCheck.said(report));
            }
        }
    }

    /** Each builder who said something that is in the tree was told where. */
    private void acknowledge(Fork fork, long size) {
        fork.lines(size).stream()
                .filter(line -> line.kind() == EnvelopeKind.COMMITMENT || line.kind() == EnvelopeKind.PROOF)
                .forEach(line -> check.acknowledged(line.index(), line.leaf()));
    }
}
