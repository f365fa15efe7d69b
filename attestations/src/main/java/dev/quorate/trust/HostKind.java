package dev.quorate.trust;

import dev.quorate.policy.Assurance;

/** How a host shows its state. */
public enum HostKind {
    /** A TPM 2.0 quotes what was measured. */
    TPM2("tpm2", Assurance.MEASURED),
    /** An AMD processor reports how a confidential VM was launched. */
    SEV_SNP("sev-snp", Assurance.CONFIDENTIAL);

    private final String word;
    private final Assurance assurance;

    HostKind(String word, Assurance assurance) {
        this.word = word;
        this.assurance = assurance;
    }

    /**
     * Reads the word in a trust root.
     *
     * @throws IllegalArgumentException for another word
     */
    public static HostKind parse(String word) {
        for (HostKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("must be tpm2 or sev-snp");
    }

    /** The word in a trust root and in evidence. */
    public String word() {
        return word;
    }

    /** What in the machine makes it that one, for a sentence. */
    String chip() {
        return this == TPM2 ? "TPM" : "processor";
    }

    /** What good evidence of this kind assures. */
    public Assurance assurance() {
        return assurance;
    }
}
