package dev.quorate.cli;

/** A vote's host in words: {@code measured (TPM, profile debian-13)}. */
public final class HostWords {
    private HostWords() {}

    /**
     * Puts it together.
     *
     * @param assurance the word in a policy; empty if nobody said
     * @param profile whose reference values it met; empty if there is no evidence
     */
    public static String of(String assurance, String profile) {
        if (profile.isEmpty()) {
            return assurance;
        }
        String chip = assurance.equals("confidential") ? "SEV-SNP" : "TPM";
        return assurance + " (" + chip + ", profile " + profile + ")";
    }
}
