package dev.quorate.coordinator.enrol;

import dev.quorate.host.credential.MadeCredential;

/**
 * What a TPM has to solve.
 *
 * @param name to answer under
 * @param credential only the TPM can read what is in it
 */
public record Challenge(String name, MadeCredential credential) {}
