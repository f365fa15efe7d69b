package dev.quorate.it.sim;

import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.host.Occasion;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A corrupt builder: besides taking part it commits twice, proves something else, proves twice, proves early or bare,
 * copies, uses old tokens, and sends again what others have said, also after the certificate.
 */
final class Liar extends SimulatedBuilder {
    private static final int MOST_LIES = 25;
    private final Setting setting;
    private final Eavesdropper heard;
    private final Map<RoundId, List<Held>> tokens = new TreeMap<>();
    private int lies;

    /** What of others' words a thief can get hold of. */
    interface Eavesdropper {
        /** Envelopes that have crossed the network. */
        List<Envelope> envelopes();

        /** Results that the public kit shows. */
        List<Outcome> revealed(RoundId round);

        /** What anybody has sent as evidence of a machine. */
        List<Request.Attest> evidence();
    }

    Liar(
            BuilderId id,
            World world,
            Chance chance,
            Network network,
            Setting setting,
            Optional<Showing> showing,
            Eavesdropper heard) {
        super(id, world, chance, network, setting, showing);
        this.setting = setting;
        this.heard = heard;
        world.after(chance.below(60_000), this::lie);
    }

    @Override
    void leased(Held held) {
        tokens.computeIfAbsent(held.round(), r -> new ArrayList<>()).add(held);
    }

    private void lie() {
        if (!tokens.isEmpty()) {
            tellOne();
            lies++;
        }
        if (lies < MOST_LIES) {
            world.after(1000 + chance.below(chance.oneIn(3) ? 300_000 : 10_000), this::lie);
        }
    }

    private void tellOne() {
        List<Held> mine = tokens.get(chance.of(List.copyOf(tokens.keySet())));
        Held held = chance.oneIn(4) ? chance.of(mine) : mine.getLast();
        Outcome outcome = outcome(held);
        Nonce own = entry(held.round()).map(Entry::nonce).orElse(Nonce.of(new byte[32]));
        OptionalLong index = entry(held.round()).map(Entry::index).orElse(OptionalLong.empty());
        if (showing.isPresent() && chance.oneIn(2)) {
            feign(held, showing.get(), outcome);
            return;
        }
        switch (chance.below(6)) {
            case 0 -> commit(held, commitment(held.opening(), Nonce.of(chance.bytes(32)), outcome));
            case 1, 2 -> prove(held, proof(held.opening(), own, outcome, index));
            case 3 -> prove(held, proof(held.opening(), own, outcome, OptionalLong.empty()));
            case 4 -> {
                if (!heard.envelopes().isEmpty()) {
                    commit(held, chance.of(heard.envelopes()));
                    prove(held, chance.of(heard.envelopes()));
                }
            }
            default -> {
                LeaseToken guess = new LeaseToken(held.token().number() + 1);
                prove(new Held(held.opening(), held.logged(), guess), proof(held.opening(), own, outcome, index));
            }
        }
    }

    /** Shows something else than its machine, and speaks with the key of it, before or after. */
    private void feign(Held held, Showing machine, Outcome outcome) {
        var occasion = new Occasion.OfRound(held.round(), held.logged());
        List<Request.Attest> others = heard.evidence();
        if (!others.isEmpty() && chance.oneIn(6)) {
            Request.Attest again = chance.of(others);
            attest(held, again.key(), again.envelope());
            return;
        }
        Voice voice = new FalseEvidence(id, machine.host(), machine.keys(), chance).make(occasion, others);
        if (chance.oneIn(4)) {
            speak(held, voice.signer(), outcome);
        }
        attest(held, voice.signer().publicKey(), voice.evidence());
        Signer signer = chance.oneIn(4) ? Cast.BUILDERS.get(id) : voice.signer();
        world.after(chance.below(20_000), () -> speak(held, signer, outcome));
    }

    private void speak(Held held, Signer signer, Outcome outcome) {
        Nonce own = entry(held.round()).map(Entry::nonce).orElse(Nonce.of(new byte[32]));
        OptionalLong index = entry(held.round()).map(Entry::index).orElse(OptionalLong.empty());
        commit(held, commitment(held.opening(), own, outcome, signer));
        prove(held, proof(held.opening(), own, outcome, index, signer));
    }

    private void attest(Held held, P256Key key, Envelope envelope) {
        network.ask(new Request.Attest(id, held.round(), held.token(), key, envelope), ignored -> {});
    }

    private Outcome outcome(Held held) {
        List<Outcome> revealed = heard.revealed(held.round());
        return revealed.isEmpty() || chance.oneIn(2)
                ? chance.oneIn(2) ? Setting.EVIL : setting.right().getFirst()
                : chance.of(revealed);
    }

    private void commit(Held held, Envelope envelope) {
        network.ask(new Request.Commit(id, held.round(), held.token(), envelope), ignored -> {});
    }

    private void prove(Held held, Envelope envelope) {
        network.ask(new Request.Prove(id, held.round(), held.token(), envelope), ignored -> {});
    }
}
