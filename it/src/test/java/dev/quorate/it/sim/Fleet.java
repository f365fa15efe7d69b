package dev.quorate.it.sim;

import dev.quorate.it.sim.Hardware.Image;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedHost;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The builders' machines, and what becomes of them. */
final class Fleet {
    private final Map<BuilderId, Showing> machines = new TreeMap<>();
    private final FreshKeys keys = new FreshKeys();
    private final Quotes quotes;
    private final Chance chance;
    private final World world;

    Fleet(Quotes quotes, Chance chance, World world) {
        this.quotes = quotes;
        this.chance = chance;
        this.world = world;
    }

    Showing showing(BuilderId builder) {
        return machines.computeIfAbsent(builder, id -> new Showing(new SimulatedHost(id, quotes), keys));
    }

    /** Until then, now and then somebody changes what a machine runs, or starts it anew. */
    void strike(Map<BuilderId, SimulatedBuilder> builders, long until) {
        if (world.now() >= until) {
            return;
        }
        world.after(1 + chance.below(400_000), () -> strike(builders, until));
        SimulatedBuilder builder = chance.of(List.copyOf(builders.values()));
        SimulatedHost host = machines.get(builder.id).host();
        switch (chance.below(5)) {
            case 0, 1 -> {
                world.tell(builder.id.text(), "runs something else");
                host.tamper(chance.below(3));
            }
            case 2, 3 -> boot(builder, host, chance.of(List.of(Image.FIRST, Image.FIRST, Image.SECOND)));
            default -> {}
        }
    }

    private void boot(SimulatedBuilder builder, SimulatedHost host, Image image) {
        world.tell(builder.id.text(), "starts " + image);
        host.boot(image);
        builder.crash(chance.below(60_000));
    }

    /** Honest operators start what their machines may run. */
    void calm(Map<BuilderId, SimulatedBuilder> builders, Setting setting, TrustRoot trust) {
        builders.forEach((id, builder) -> {
            if (setting.character(id) == Setting.Character.HONEST) {
                trust.builder(id).stream()
                        .flatMap(named -> named.hosts().stream())
                        .map(TrustedHost::profile)
                        .map(profile ->
                                List.copyOf(Hardware.ALLOWED.get(profile)).getFirst())
                        .findFirst()
                        .ifPresent(image -> boot(builder, machines.get(id).host(), image));
            }
        });
    }
}
