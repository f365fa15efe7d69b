package dev.quorate.cli.log;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Every entry of a log, for commands that look at what is in it. */
public final class WholeLog {
    private WholeLog() {}

    /** The user's own trust root, of {@code --trust}; it is signed, and has not expired. */
    public static TrustRoot trust(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        return LogOptions.trust(arguments, here);
    }

    /**
     * Reads the log of a place; {@code --origin}, {@code --witnesses}, {@code --ca} and {@code --config} say how.
     *
     * @param where a URL or a directory
     * @param entries takes each entry, in order; what it took counts for nothing if this throws
     * @return the log's name
     * @throws RefusedException if it cannot be read, its head is not good, or its entries do not give that head
     */
    public static String read(Arguments arguments, Surroundings here, String where, Consumer<byte[]> entries)
            throws RefusedException, MalformedException {
        CheckpointVerifier verifier = LogOptions.trusted(arguments, here);
        try (LogSite site = LogOptions.site(where, arguments, here)) {
            var lookout = new Lookout(site, verifier, n -> here.moving(n + " entries hashed"));
            return switch (lookout.look(Optional.empty(), new Recount(new SiteTiles(site), entries))) {
                case Sighting.Good good -> verifier.log().name().text();
                case Sighting.Bad bad ->
                    throw new RefusedException("the log at " + site.name() + " is not to be believed: " + bad.finding()
                            + ": " + bad.detail());
            };
        } catch (IOException e) {
            throw new RefusedException(
                    "the log at " + Printable.of(where) + " cannot be read: "
                            + Printable.of(String.valueOf(e.getMessage()))
                            + "; a coordinator's log is under /log of its address",
                    e);
        } finally {
            here.still();
        }
    }
}
