package dev.quorate.host;

/** Why evidence is refused. The names are stable; each is one threat. */
public enum HostRefusal {
    /** The trust root does not name the builder. */
    BUILDER_UNKNOWN(Of.ANOTHER),
    /** It was made for another round, another opening or another nonce. */
    OTHER_OCCASION(Of.ANOTHER),
    /** The key that it vouches for is not the one that signed it, or that it stands beside. */
    OTHER_KEY(Of.ANOTHER),
    /** It was logged after what it should vouch for. */
    EVIDENCE_LATE(Of.ANOTHER),
    /** No host of the builder has this attestation key. */
    HOST_UNKNOWN(Of.ANOTHER),
    /** The trust root revokes the host or its attestation key. */
    HOST_REVOKED(Of.THE_HOST),
    /** The certificates do not chain to the maker's roots at the trusted time, or are not for this purpose. */
    CHAIN_UNTRUSTED(Of.THE_HOST),
    /** The quote or its signature does not have its form, or is not a TPM's quote. */
    QUOTE_MALFORMED(Of.ANOTHER),
    /** The attestation key did not sign the quote. */
    QUOTE_SIGNATURE(Of.ANOTHER),
    /** The quote or report was made over other data than builder, occasion and key: a copy of another. */
    BINDING_MISMATCH(Of.ANOTHER),
    /** The quote is not over the SHA-256 bank alone. */
    PCR_BANK(Of.THE_HOST),
    /** The quote leaves out a register that the profile asks for. */
    PCR_MISSING(Of.THE_HOST),
    /** The register values that are shown are not the ones that were quoted. */
    PCR_DIGEST_MISMATCH(Of.THE_HOST),
    /** A register holds another value than the profile's. */
    PCR_UNEXPECTED(Of.THE_HOST),
    /** An event log does not have its form. */
    EVENT_LOG_MALFORMED(Of.THE_HOST),
    /** The event logs do not replay to a quoted register. */
    EVENT_LOG_MISMATCH(Of.THE_HOST),
    /** Something was measured that the profile does not allow. */
    EVENT_UNEXPECTED(Of.THE_HOST),
    /** Something was not measured that the profile requires. */
    EVENT_MISSING(Of.THE_HOST),
    /** The list of measured files is missing or does not have its form. */
    IMA_LIST_MALFORMED(Of.THE_HOST),
    /** The list of measured files does not replay to the quoted register. */
    IMA_LIST_MISMATCH(Of.THE_HOST),
    /** The host used a file that the profile does not allow. */
    FILE_UNEXPECTED(Of.THE_HOST),
    /** There was no dynamic launch. */
    DRTM_MISSING(Of.THE_HOST),
    /** A key in a TPM would have to be judged by a profile that there is not, or that judges by more than PCRs. */
    PROFILE_UNFIT(Of.ANOTHER),
    /** The certification of a key or its signature does not have its form, or is not a TPM's. */
    CERTIFICATION_MALFORMED(Of.ANOTHER),
    /** The attestation key did not sign the certification. */
    CERTIFICATION_SIGNATURE(Of.ANOTHER),
    /** A key's public area is not that of a P-256 key that signs with ECDSA and SHA-256. */
    KEY_AREA_MALFORMED(Of.ANOTHER),
    /** The TPM certified another key than the one of the public area that is shown. */
    CERTIFIED_OTHER(Of.ANOTHER),
    /** A key was not made in its TPM, or can leave it. */
    KEY_MOVABLE(Of.ANOTHER),
    /** A key needs no state of its machine, only a password. */
    KEY_BY_PASSWORD(Of.ANOTHER),
    /** A key in a TPM is not one that signs statements. */
    KEY_PURPOSE(Of.ANOTHER),
    /** The policy of a key is not the one over the values that are shown. */
    POLICY_MISMATCH(Of.ANOTHER),
    /** A processor's report does not have its form, or one of an unknown version. */
    REPORT_MALFORMED(Of.ANOTHER),
    /** The processor's key did not sign the report. */
    REPORT_SIGNATURE(Of.ANOTHER),
    /** The certificate is another processor's, or for other firmware than the report's. */
    CHIP_MISMATCH(Of.ANOTHER),
    /** The VM can be debugged or migrated. */
    GUEST_POLICY(Of.THE_HOST),
    /** Another privilege level of the VM asked for the report than the profile's. */
    VMPL_UNEXPECTED(Of.THE_HOST),
    /** The VM was launched with something else than the profile's. */
    MEASUREMENT_UNEXPECTED(Of.THE_HOST),
    /** The processor's firmware is older than the profile's. */
    TCB_TOO_OLD(Of.THE_HOST),
    /** Judging failed; what cannot be judged is not good. */
    UNJUDGEABLE(Of.THE_HOST);

    private enum Of {
        THE_HOST,
        ANOTHER
    }

    private final Of of;

    HostRefusal(Of of) {
        this.of = of;
    }

    /**
     * Whether it says something about the host as it is now, once quote and binding are known to be its own, or leaves its
     * state unknown. The others only say that something else was shown than the host's word on this occasion.
     */
    public boolean isOfState() {
        return of == Of.THE_HOST;
    }
}
