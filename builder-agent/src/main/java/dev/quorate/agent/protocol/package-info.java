/**
 * The agent's side of the round protocol (docs/adr/0002): JSON over HTTPS to one coordinator.
 *
 * <p>{@link dev.quorate.agent.protocol.Coordinator} is what a worker needs of it, and
 * {@link dev.quorate.agent.protocol.Blobs} the store of files by digest. Every exchange has a bound on its time and on
 * its answer's length, and ends in one of four ways: an answer,
 * {@link dev.quorate.agent.protocol.UnreachableException} (try again later),
 * {@link dev.quorate.agent.protocol.LeaseLostException} (somebody else holds the work now), or
 * {@link dev.quorate.agent.protocol.RefusedException} (trying again will not help).
 */
package dev.quorate.agent.protocol;
