package dev.quorate.host;

/** Why evidence is refused. The names are stable; each is one threat. */
public enum HostRefusal {
    /** The trust root does not name the builder. */
    BUILDER_UNKNOWN,
    /** It was made for another round, another opening or another nonce. */
    OTHER_OCCASION,
    /** The key that it vouches for is not the one that signed it. */
    OTHER_KEY,
    /** It was logged after what it should vouch for. */
    EVIDENCE_LATE,
    /** No host of the builder has this attestation key. */
    HOST_UNKNOWN,
    /** The trust root revokes the host or its attestation key. */
    HOST_REVOKED,
    /** The certificates do not chain to the maker's roots at the trusted time, or are not for this purpose. */
    CHAIN_UNTRUSTED,
    /** The quote or its signature does not have its form, or is not a TPM's quote. */
    QUOTE_MALFORMED,
    /** The attestation key did not sign the quote. */
    QUOTE_SIGNATURE,
    /** The quote or report was made over other data than builder, occasion and key: a copy of another. */
    BINDING_MISMATCH,
    /** The quote is not over the SHA-256 bank alone. */
    PCR_BANK,
    /** The quote leaves out a register that the profile asks for. */
    PCR_MISSING,
    /** The register values that are shown are not the ones that were quoted. */
    PCR_DIGEST_MISMATCH,
    /** A register holds another value than the profile's. */
    PCR_UNEXPECTED,
    /** An event log does not have its form. */
    EVENT_LOG_MALFORMED,
    /** The event logs do not replay to a quoted register. */
    EVENT_LOG_MISMATCH,
    /** Something was measured that the profile does not allow. */
    EVENT_UNEXPECTED,
    /** Something was not measured that the profile requires. */
    EVENT_MISSING,
    /** The list of measured files is missing or does not have its form. */
    IMA_LIST_MALFORMED,
    /** The list of measured files does not replay to the quoted register. */
    IMA_LIST_MISMATCH,
    /** The host used a file that the profile does not allow. */
    FILE_UNEXPECTED,
    /** There was no dynamic launch. */
    DRTM_MISSING,
    /** A processor's report does not have its form, or one of an unknown version. */
    REPORT_MALFORMED,
    /** The processor's key did not sign the report. */
    REPORT_SIGNATURE,
    /** The certificate is another processor's, or for other firmware than the report's. */
    CHIP_MISMATCH,
    /** The VM can be debugged or migrated. */
    GUEST_POLICY,
    /** Another privilege level of the VM asked for the report than the profile's. */
    VMPL_UNEXPECTED,
    /** The VM was launched with something else than the profile's. */
    MEASUREMENT_UNEXPECTED,
    /** The processor's firmware is older than the profile's. */
    TCB_TOO_OLD,
    /** Judging failed; what cannot be judged is not good. */
    UNJUDGEABLE;

    /**
     * Whether it says something about the host as it is now, once quote and binding are known to be its own, or leaves its
     * state unknown. The others only say that something else was shown than the host's word on this occasion.
     */
    public boolean isOfState() {
        return switch (this) {
            case BUILDER_UNKNOWN,
                    OTHER_OCCASION,
                    OTHER_KEY,
                    EVIDENCE_LATE,
                    HOST_UNKNOWN,
                    QUOTE_MALFORMED,
                    QUOTE_SIGNATURE,
                    BINDING_MISMATCH,
                    REPORT_MALFORMED,
                    REPORT_SIGNATURE,
                    CHIP_MISMATCH -> false;
            case HOST_REVOKED,
                    CHAIN_UNTRUSTED,
                    PCR_BANK,
                    PCR_MISSING,
                    PCR_DIGEST_MISMATCH,
                    PCR_UNEXPECTED,
                    EVENT_LOG_MALFORMED,
                    EVENT_LOG_MISMATCH,
                    EVENT_UNEXPECTED,
                    EVENT_MISSING,
                    IMA_LIST_MALFORMED,
                    IMA_LIST_MISMATCH,
                    FILE_UNEXPECTED,
                    DRTM_MISSING,
                    GUEST_POLICY,
                    VMPL_UNEXPECTED,
                    MEASUREMENT_UNEXPECTED,
                    TCB_TOO_OLD,
                    UNJUDGEABLE -> true;
        };
    }
}
