/**
 * Asks a time-stamping authority over HTTP (RFC 3161, section 3.4): {@code POST} of an {@code
 * application/timestamp-query} over SHA-256 of a signature, with a nonce and without asking for certificates. What
 * comes back is kept only if an authority of the coordinator's trust root signed it and its time is near the
 * coordinator's own: what is in a kit once stays in it.
 */
package dev.quorate.coordinator.time;
