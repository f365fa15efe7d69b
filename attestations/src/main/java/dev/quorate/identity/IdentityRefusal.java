package dev.quorate.identity;

/** Why a keyless bundle is nobody's word. The names are stable. */
public enum IdentityRefusal {
    /** The certificate is no P-256 code-signing certificate with one subject, a URI or e-mail address, and an issuer. */
    CERTIFICATE_UNFIT("the certificate is not one for code signing with a P-256 key, one subject and an issuer"),
    /** Nobody who may sign this has that subject, or not at that time. */
    IDENTITY_NOT_NAMED("the trust root names nobody with this identity whose word this could be then"),
    /** Somebody has that subject, but by another issuer. */
    ISSUER_OTHER("the trust root names this subject, but by another issuer"),
    /** The envelope is not signed by the certificate's key. */
    SIGNATURE_INVALID("the certificate's key did not sign the envelope"),
    /** The payload has characters that sigstore-java 2.0.0 counts wrongly. */
    PAYLOAD_NOT_ASCII("the payload has characters beyond ASCII; write them as \\u escapes"),
    /** The log entry is about another envelope or certificate, or its proof about another checkpoint. */
    ENTRY_OTHER("the log entry is not about this envelope and certificate, or its checkpoint is not the proof's"),
    /** Nobody says when it was signed. */
    TIME_MISSING("there is neither a signed entry timestamp nor a time-stamping token"),
    /** The Sigstore root in the trust root cannot be used. */
    ROOT_UNUSABLE("the Sigstore root in the trust root cannot be used"),
    /** The certificate leads to no authority of the Sigstore root that was valid then. */
    CHAIN_UNTRUSTED("the certificate leads to no authority of the Sigstore root"),
    /** No certificate log of the Sigstore root vouches for the certificate. */
    SCT_INVALID("no certificate log of the Sigstore root vouches for the certificate"),
    /** The entry's log is not in the Sigstore root. */
    LOG_UNKNOWN("the log is not in the Sigstore root"),
    /** The signed entry timestamp is not that log's. */
    ENTRY_TIMESTAMP_INVALID("the log did not sign the entry's time"),
    /** The entry is not in the tree. */
    INCLUSION_INVALID("the log entry is not in the log"),
    /** The checkpoint is not that log's. */
    CHECKPOINT_INVALID("the log did not sign the checkpoint"),
    /** The token is of no time-stamping authority of the Sigstore root. */
    TOKEN_INVALID("the time-stamping token is of no authority of the Sigstore root, or about something else"),
    /** sigstore-java says no for another reason, or fails. */
    UNJUDGEABLE("it cannot be judged"),
    /** It was logged before the certificate began or after it ended. */
    LOGGED_OUTSIDE_CERTIFICATE("it was logged when the certificate was not valid"),
    /** It was logged when the Sigstore root did not vouch for the log's key. */
    LOGGED_OUTSIDE_LOG_KEY("it was logged when the log's key was not valid"),
    /** A voucher is no bundle of the form that is judged. */
    BUNDLE_MALFORMED("it is no Sigstore bundle v0.3 with a certificate, of the form that is judged"),
    /** The builder has no identity with that subject that counted when the voucher was signed. */
    IDENTITY_NOT_BUILDERS("the trust root gives the builder no such identity for the time of signing"),
    /** What was signed is not that this key is this builder's. */
    STATEMENT_OTHER("it does not say that this key is this builder's"),
    /** The builder has identities, and none vouches for the key. */
    VOUCHER_MISSING("the builder has identities, and none of them vouches for the key"),
    /** There is no sigstore-java here. */
    JUDGE_MISSING("nothing here can judge it; start this through the quorate launcher");

    private final String sentence;

    IdentityRefusal(String sentence) {
        this.sentence = sentence;
    }

    /** The same for a person. */
    public String sentence() {
        return sentence;
    }
}
