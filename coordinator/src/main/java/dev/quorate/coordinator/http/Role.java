package dev.quorate.coordinator.http;

/** Who may ask for a route. */
enum Role {
    /** Whoever can connect. */
    ANYONE,
    /** A builder of the trust root, by its client certificate. */
    BUILDER,
    /** Whoever can connect; what is sent is proven by a TPM. A good client certificate says for which builder. */
    HOST,
    /** Whoever can connect; what is sent must be signed by a maintainer. */
    SUBMISSION,
    /** Whoever can connect; what is sent must be signed by root keys. */
    ROOT,
    /** A builder with something to reveal; for bytes that an open round pins, whoever can connect. */
    UPLOAD
}
