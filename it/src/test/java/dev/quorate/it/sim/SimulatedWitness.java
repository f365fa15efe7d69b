package dev.quorate.it.sim;

import dev.quorate.it.sim.Witnessing.Nature;
import dev.quorate.it.witness.TlogWitness;
import dev.quorate.json.MalformedException;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One witness: what it has on its disk, when it is up, and what a corrupt one answers. */
final class SimulatedWitness implements TlogWitness.Memory {
    /** As far as an honest one's clock may be off. */
    static final Duration SKEW = Duration.ofMinutes(2);

    private static final String STATE = "checkpoint";
    private final NoteSigner signer;
    private final Nature nature;
    private final World world;
    private final Chance chance;
    private final SimulatedDisk disk;
    private final long skew;
    private boolean down;

    SimulatedWitness(NoteSigner signer, Nature nature, World world, Chance chance) {
        this.signer = signer;
        this.nature = nature;
        this.world = world;
        this.chance = chance;
        this.disk = new SimulatedDisk(chance.split());
        int most = (int) SKEW.toMillis();
        this.skew = chance.oneIn(3) ? chance.between(-most, most) : 0;
    }

    void faultOneIn(int operations) {
        disk.faultOneIn(operations);
    }

    /** Answers a request, if it is up and the answer gets as far as its door. */
    Optional<TlogWitness.Answer> answer(String body) {
        if (down || nature == Nature.ABSENT) {
            return Optional.empty();
        }
        try {
            return switch (nature) {
                case BLIND -> Optional.of(cosign(body, clock()));
                case LIAR -> lie(body);
                case HONEST, FORGETFUL, ABSENT ->
                    Optional.of(new TlogWitness(signer, Cast.LOG.key(), this, this::clock)
                            .answer(body.getBytes(StandardCharsets.UTF_8)));
            };
        } catch (IOException e) {
            crash();
            return Optional.empty();
        }
    }

    /** The power goes, and comes again after a while. */
    void crash() {
        world.tell(signer.key().name().text(), "crashes");
        down = true;
        disk.cut();
        world.after(100 + chance.below(60_000), () -> {
            disk.restart();
            down = false;
        });
    }

    private Instant clock() {
        return world.instant().plusMillis(skew);
    }

    @Override
    public Optional<byte[]> read() throws IOException {
        return disk.read(STATE, SignedNote.MAX_BYTES);
    }

    @Override
    public void store(byte[] checkpoint) throws IOException {
        String aside = STATE + ".tmp";
        disk.write(aside, checkpoint);
        disk.rename(aside, STATE);
        if (nature != Nature.FORGETFUL) {
            disk.syncDirectory("");
        }
    }

    private Optional<TlogWitness.Answer> lie(String body) {
        return switch (chance.below(8)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new TlogWitness.Answer(409, chance.below(100) + "\n"));
            case 2 -> Optional.of(new TlogWitness.Answer(chance.of(List.of(200, 403, 404, 422, 500)), "no\n"));
            case 3 -> Optional.of(cosign(body, clock()));
            case 4 -> {
                // Another's name, or its own over something else.
                NoteSigner other = chance.of(Cast.WITNESSES);
                yield Optional.of(new TlogWitness.Answer(200, line(other, "nothing\n", clock())));
            }
            case 5 -> Optional.of(cosign(body, Instant.EPOCH));
            case 6 -> Optional.of(cosign(body, clock().plusSeconds(chance.between(-90_000, 90_000))));
            default -> Optional.of(cosign(body, Instant.MAX));
        };
    }

    private TlogWitness.Answer cosign(String body, Instant time) {
        try {
            byte[] note = body.substring(body.indexOf("\n\n") + 2).getBytes(StandardCharsets.UTF_8);
            return new TlogWitness.Answer(
                    200, line(signer, SignedNote.parse(note, "checkpoint").text(), time));
        } catch (MalformedException e) {
            return new TlogWitness.Answer(400, "");
        }
    }

    private static String line(NoteSigner signer, String text, Instant time) {
        try {
            return signer.cosign(text, time.getEpochSecond()).line();
        } catch (SignatureException e) {
            throw new IllegalStateException(e);
        }
    }
}
