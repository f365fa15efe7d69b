package dev.quorate.coordinator.desk;

/** Why the desk says no; each is a problem type (RFC 9457) of its own. */
public enum Complaint {
    /** There is no such thing. */
    NOT_FOUND(404, "not-found", "There is no such thing here"),
    /** The request does not have its form. */
    MALFORMED(400, "malformed", "The request is malformed"),
    /** The envelope is not what this round and sender allow. */
    ENVELOPE_REFUSED(422, "envelope-refused", "The envelope is refused"),
    /** Nobody in the trust root who may say this has signed it. */
    NOT_SIGNED(403, "not-signed", "The envelope is not signed by somebody who may"),
    /** A keyless bundle is nobody's word; the detail begins with which refusal it is. */
    IDENTITY_REFUSED(403, "identity-refused", "The keyless identity is refused"),
    /** The fleet cannot meet the policy. */
    CANNOT_MEET_POLICY(422, "cannot-meet-policy", "The builders cannot meet the policy"),
    /** The lease is another's. */
    LEASE_LOST(409, "lease-lost", "The lease is lost"),
    /** Another commitment came first. */
    SECOND_COMMITMENT(409, "second-commitment", "Another commitment was taken before"),
    /** Another proof came first. */
    SECOND_PROOF(409, "second-proof", "Another proof was taken before"),
    /** The round has gone on. */
    TOO_LATE(409, "too-late", "The round has gone on"),
    /** The round is not there yet. */
    TOO_EARLY(409, "too-early", "Revealing has not begun"),
    /** Results need a commitment. */
    NOT_COMMITTED(409, "not-committed", "A result needs a commitment first"),
    /** The builder has no part in this round. */
    NOT_ENROLLED(403, "not-enrolled", "The builder is not enrolled in this round"),
    /** A builder's name belongs to another host or key. */
    NAME_TAKEN(409, "name-taken", "The builder's name is another's"),
    /** A challenge or a nonce that was not given out, or answered, or too long ago. */
    CHALLENGE_UNKNOWN(409, "challenge-unknown", "The challenge is not open"),
    /** The endorsement certificate is of no maker that this coordinator knows. */
    ENDORSEMENT_REFUSED(422, "endorsement-refused", "The endorsement certificate is refused"),
    /** The evidence of a host does not hold. */
    HOST_REFUSED(403, "host-refused", "The host's evidence is refused"),
    /** Work for hosts that have shown their state alone, and this one has not. */
    HOST_NOT_ADMITTED(403, "host-not-admitted", "The host has to show its state first"),
    /** A blob that a proof names is missing. */
    BLOB_MISSING(409, "blob-missing", "A blob that the proof names is not here"),
    /** A trust root that does not follow the one in force. */
    TRUST_REFUSED(422, "trust-refused", "The trust root is refused"),
    /** Too much at once. */
    BUSY(503, "busy", "The coordinator is busy"),
    /** It is being stopped, or its log is. */
    UNAVAILABLE(503, "unavailable", "The coordinator takes nothing now");

    private final int status;
    private final String slug;
    private final String title;

    Complaint(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Last part of the problem type. */
    public String slug() {
        return slug;
    }

    /** The problem's title. */
    public String title() {
        return title;
    }
}
