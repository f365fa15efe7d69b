package dev.quorate.cli.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointRefusal;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.LogMonitor;
import dev.quorate.log.LogObservation;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TileHashes;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Looks at one log.
 *
 * @param verifier with the log's key, and the witnesses that must have cosigned
 * @param progress is told how many entries were hashed
 */
record Lookout(LogSite site, CheckpointVerifier verifier, LongConsumer progress) {
    /** A count of nothing yet; a look with it reads every entry and every tile. */
    Recount recount() {
        return new Recount(new SiteTiles(site));
    }

    /**
     * Looks once.
     *
     * @param known the last good head, if there is one
     * @param recount hashes what it has not; after anything but a good sighting it is of no further use
     * @throws IOException if the log cannot be read
     */
    Sighting look(Optional<VerifiedCheckpoint> known, Recount recount) throws IOException {
        byte[] served = site.find("checkpoint", SignedNote.MAX_BYTES)
                .orElseThrow(() -> new FileNotFoundException("it serves no checkpoint"));
        return switch (verifier.verify(served)) {
            case CheckpointCheck.Refused(CheckpointRefusal reason, String detail) ->
                new Sighting.Bad(Finding.CHECKPOINT_INVALID, reason + ": " + detail, served, List.of());
            case CheckpointCheck.Verified(VerifiedCheckpoint next) -> compare(known, next, served, recount);
        };
    }

    private Sighting compare(
            Optional<VerifiedCheckpoint> known, VerifiedCheckpoint next, byte[] served, Recount recount)
            throws IOException {
        List<Sha256> proof = List.of();
        try {
            if (known.isPresent()) {
                proof = proof(known.get().head(), next.head());
                Optional<Sighting> bad = contradiction(known.get(), next, served, proof);
                if (bad.isPresent()) {
                    return bad.get();
                }
            }
            return new Sighting.Good(next, recount.extend(next.head(), progress));
        } catch (MalformedException e) {
            return new Sighting.Bad(Finding.TILES_WRONG, e.getMessage(), served, proof);
        }
    }

    private List<Sha256> proof(TreeHead known, TreeHead next) throws IOException, MalformedException {
        return known.size() < next.size()
                ? MerkleTree.consistencyProof(
                        known.size(), next.size(), new TileHashes(new SiteTiles(site), next.size()))
                : List.of();
    }

    private static Optional<Sighting> contradiction(
            VerifiedCheckpoint known, VerifiedCheckpoint next, byte[] served, List<Sha256> proof) {
        String sizes = "of size " + known.head().size() + " was seen, and the one of size "
                + next.head().size() + " that is served now ";
        return switch (LogMonitor.compare(known, next, proof)) {
            case LogObservation.Consistent consistent -> Optional.empty();
            case LogObservation.Fork fork ->
                bad(Finding.FORK, "a head " + sizes + "is of another history; the log signed both", served, proof);
            case LogObservation.Rollback rollback ->
                bad(Finding.ROLLBACK, "a head " + sizes + "is older: stale, or entries were taken away", served, proof);
            case LogObservation.Unproven unproven ->
                bad(
                        Finding.TILES_WRONG,
                        "the served tiles do not lead to the root that the log signed, so nothing shows that its head"
                                + " extends the known one",
                        served,
                        proof);
            case LogObservation.BadSignature signature ->
                bad(Finding.CHECKPOINT_INVALID, signature.detail(), served, proof);
        };
    }

    private static Optional<Sighting> bad(Finding finding, String detail, byte[] served, List<Sha256> proof) {
        return Optional.of(new Sighting.Bad(finding, detail, served, proof));
    }
}
