package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Blobs;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.Lease;
import dev.quorate.agent.protocol.LeaseLostException;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.Reveal;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.log.LogIndex;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the coordinator what this builder has to say, however often that takes. */
record Delivery(Coordinator coordinator, Blobs blobs, Patience patience, LongPoll poll) {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** Shows the machine, where a fresh key speaks; the same evidence again changes nothing. */
    void introduce(Lease lease, Optional<Introduction> introduction)
            throws LeaseLostException, RefusedException, InterruptedException {
        if (introduction.isPresent()) {
            Introduction shown = introduction.get();
            LogIndex index = patience.insist(() -> coordinator.attest(lease, shown.key(), shown.evidence()));
            LOG.info("attested round={} index={}", lease.round(), index);
        }
    }

    LogIndex commit(Lease lease, Envelope commitment)
            throws LeaseLostException, RefusedException, InterruptedException {
        return patience.insist(() -> coordinator.commit(lease, commitment));
    }

    Reveal awaitReveal(Lease lease) throws LeaseLostException, RefusedException, InterruptedException {
        Optional<Reveal> reveal = Optional.empty();
        while (reveal.isEmpty()) {
            reveal = poll.ask(() -> coordinator.reveal(lease, LongPoll.WAIT));
        }
        return reveal.get();
    }

    /** Uploads all that a proof names, and then hands in the proof. */
    LogIndex prove(Lease lease, Path directory, Result result, Envelope proof)
            throws LeaseLostException, RefusedException, InterruptedException {
        for (Map.Entry<Sha256, Path> file : files(directory, result).entrySet()) {
            patience.insistOn(() -> blobs.store(file.getKey(), file.getValue()));
        }
        return patience.insist(() -> coordinator.prove(lease, proof));
    }

    /** Hands in a proof that nobody votes with. The store takes no log before revealing; the detail has to do. */
    LogIndex excuse(Lease lease, Envelope proof) throws LeaseLostException, RefusedException, InterruptedException {
        return patience.insist(() -> coordinator.prove(lease, proof));
    }

    /** One attempt: an agent that is about to end does not wait for a coordinator. */
    void handBack(Lease lease) throws InterruptedException {
        try {
            coordinator.handBack(lease);
            LOG.info("handed back round={} token={}", lease.round(), lease.token());
        } catch (CoordinatorException e) {
            LOG.warn("not handed back, the lease will run out round={} reason={}", lease.round(), e.getMessage());
        }
    }

    private static Map<Sha256, Path> files(Path directory, Result result) {
        Map<Sha256, Path> files = new TreeMap<>();
        files.put(result.log().sha256(), result.log().path().below(directory));
        files.put(result.environment().sha256(), result.environment().path().below(directory));
        if (result.outcome() instanceof Outcome.Built built) {
            Path outputs = result.outputDirectory().below(directory);
            for (Output.File file : built.outputs().files()) {
                files.put(file.sha256(), file.path().below(outputs));
            }
        }
        return files;
    }
}
