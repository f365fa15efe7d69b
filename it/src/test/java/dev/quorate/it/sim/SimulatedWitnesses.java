package dev.quorate.it.sim;

import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.it.witness.TlogWitness;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The witnesses of a run, and the network between them and whoever asks them. */
final class SimulatedWitnesses {
    /** As long as the coordinator waits for an answer. */
    private static final long PATIENCE = 10_000;

    private final List<SimulatedWitness> witnesses = new ArrayList<>();
    private final Witnessing witnessing;
    private final World world;
    private final Chance chance;
    private final Network network;
    private final int faults;

    SimulatedWitnesses(Setting setting, World world, Chance chance) {
        this.witnessing = setting.witnessing();
        this.world = world;
        this.chance = chance;
        this.network = new Network(world, chance.split(), request -> Optional.empty(), setting.weather());
        this.faults = setting.faults();
        for (int i = 0; i < witnessing.natures().size(); i++) {
            witnesses.add(new SimulatedWitness(
                    witnessing.signers().get(i), witnessing.natures().get(i), world, chance.split()));
        }
        world.tell("witnesses", witnessing);
    }

    /** Asks one of them; the caller is told its answer, or that none came in time. */
    void ask(int which, String body, Consumer<Optional<TlogWitness.Answer>> then) {
        network.call(() -> witnesses.get(which).answer(body), PATIENCE, then);
    }

    /** What a coordinator's process has of them. */
    SimulatedCosigner cosigner(SteppedLog log, WitnessCheck check, InstantSource clock, Consumer<IOException> failed) {
        return new SimulatedCosigner(witnessing, this, log, check, world, clock, failed);
    }

    /** Until then disks fail as the setting says, and now and then one loses its power. */
    void disturb(long until) {
        witnesses.forEach(witness -> witness.faultOneIn(faults));
        strike(until);
    }

    private void strike(long until) {
        if (world.now() < until) {
            world.after(1 + chance.below(300_000), () -> strike(until));
            chance.of(witnesses).crash();
        }
    }

    void calm() {
        network.weather(Network.Weather.FAIR);
        witnesses.forEach(witness -> witness.faultOneIn(0));
    }
}
