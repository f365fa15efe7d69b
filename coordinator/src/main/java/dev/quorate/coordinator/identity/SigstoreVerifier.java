package dev.quorate.coordinator.identity;

import dev.quorate.digest.Sha256;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.json.CanonicalJson;
import dev.quorate.trust.SigstoreRoot;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.VerificationOptions;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.fulcio.client.FulcioVerificationException;
import dev.sigstore.rekor.client.RekorVerificationException;
import dev.sigstore.timestamp.client.TimestampVerificationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;

/** sigstore-java under one Sigstore root, and the one guard that needs to know that root's logs. */
final class SigstoreVerifier {
    private final SigstoreTrustedRoot root;
    private final KeylessVerifier verifier;

    private SigstoreVerifier(SigstoreTrustedRoot root, KeylessVerifier verifier) {
        this.root = root;
        this.verifier = verifier;
    }

    /** Something that whatever sigstore-java throws must not get out of. */
    private interface Deed<T> {
        T done() throws Exception;
    }

    static SigstoreVerifier under(SigstoreRoot document) throws UnfitException {
        return guarded(
                () -> {
                    SigstoreTrustedRoot root = SigstoreTrustedRoot.from(new ByteArrayInputStream(document.document()));
                    return new SigstoreVerifier(
                            root,
                            KeylessVerifier.builder()
                                    .trustedRootProvider(() -> root)
                                    .build());
                },
                IdentityRefusal.ROOT_UNUSABLE);
    }

    /** Requires everything that sigstore-java checks; the subject's digest stands for the artifact. */
    void require(KeylessBundle bundle, Sha256 subject) throws UnfitException {
        guarded(
                () -> {
                    Bundle read = Bundle.from(new StringReader(CanonicalJson.write(bundle.json())));
                    verifier.verify(subject.bytes(), read, VerificationOptions.empty());
                    return true;
                },
                IdentityRefusal.UNJUDGEABLE);
    }

    /** Requires that the log's key was valid at that time; sigstore-java finds it by its id alone. */
    void requireLogValidAt(byte[] logId, Instant time) throws UnfitException {
        List<TransparencyLog> logs = root.getTLogs();
        boolean valid = TransparencyLog.find(logs, logId)
                .filter(log -> log.getPublicKey().getValidFor().contains(time))
                .isPresent();
        if (!valid) {
            throw new UnfitException(IdentityRefusal.LOGGED_OUTSIDE_LOG_KEY);
        }
    }

    private static <T> T guarded(Deed<T> deed, IdentityRefusal otherwise) throws UnfitException {
        try {
            return deed.done();
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw new UnfitException(refusal(e, otherwise), e);
        }
    }

    /** Which refusal it is is told by the message, and decides nothing. */
    private static IdentityRefusal refusal(Throwable thrown, IdentityRefusal otherwise) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            String message = String.valueOf(e.getMessage());
            switch (e) {
                case FulcioVerificationException fulcio -> {
                    return message.contains("SCT") || message.contains("ct logs")
                            ? IdentityRefusal.SCT_INVALID
                            : IdentityRefusal.CHAIN_UNTRUSTED;
                }
                case TimestampVerificationException token -> {
                    return IdentityRefusal.TOKEN_INVALID;
                }
                case RekorVerificationException rekor -> {
                    return rekor(message);
                }
                default -> {}
            }
        }
        return otherwise;
    }

    private static IdentityRefusal rekor(String message) {
        if (message.contains("logid")) {
            return IdentityRefusal.LOG_UNKNOWN;
        } else if (message.contains("heckpoint")) {
            return IdentityRefusal.CHECKPOINT_INVALID;
        } else if (message.contains("nclusion")) {
            return IdentityRefusal.INCLUSION_INVALID;
        } else if (message.contains("SET") || message.contains("ignature")) {
            return IdentityRefusal.ENTRY_TIMESTAMP_INVALID;
        }
        return IdentityRefusal.UNJUDGEABLE;
    }
}
