package dev.quorate.agent.qrexec;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;

/** Decides whether a request is taken, before any of its files is. */
record Reception(List<Caller> callers, Invocation invocation, SeenRequests seen, InstantSource clock) {
    /**
     * A request that is taken.
     *
     * @param digest of its envelope
     */
    record Taken(BuildRequest request, Sha256 digest) {}

    Taken take(InputStream in) throws IOException {
        Head.readMagic(in);
        Envelope envelope = Head.read(in, "request");
        Caller caller = callers.stream()
                .filter(known -> envelope.verify(known.key()).isPresent())
                .findFirst()
                .orElseThrow(() -> new StreamRefusedException(
                        Refusal.NOT_SIGNED, "no key in callers has signed the request; add the builder's"));
        BuildRequest request = read(envelope.verify(caller.key()).orElseThrow());
        if (!request.builder().equals(caller.builder())) {
            throw new StreamRefusedException(
                    Refusal.OTHER_BUILDER,
                    "the request is for " + request.builder() + ", and its key is that of " + caller.builder());
        }
        if (invocation.builder().isPresent() && !invocation.builder().get().equals(request.builder())) {
            throw new StreamRefusedException(
                    Refusal.OTHER_BUILDER,
                    "the request is for " + request.builder() + ", and the service was called for "
                            + invocation.builder().get());
        }
        seen.take(request, envelope.digest(), clock.instant());
        return new Taken(request, envelope.digest());
    }

    private static BuildRequest read(VerifiedPayload payload) throws StreamRefusedException {
        try {
            return BuildRequest.parse(payload);
        } catch (MalformedException e) {
            throw new StreamRefusedException(Refusal.MALFORMED, e.getMessage());
        }
    }
}
