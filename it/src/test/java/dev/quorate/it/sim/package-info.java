/**
 * A deterministic simulation of whole rounds, one thread and one seed: what happens, when, and what fails is drawn from
 * the seed, and the same seed happens again exactly.
 *
 * <p>Real: round machine, event JSON, scheduler, tally, certificate, the judge of hosts' evidence, the log's store over its
 * durable files, its check, signatures (P-256, Ed25519), statements, kits, the offline verifier, the log monitor, what is
 * said to witnesses and to time-stamping authorities and what their answers are taken for, tokens (CMS). Models: the event
 * store's transactions, the disk, the network, the clock, the desk's order of doing things, the threads of cosigner and
 * stamper, witnesses and the authority, the builders' protocol, and their machines with a TPM in software. Not here: HTTP,
 * TLS, blobs, the log's threads. Decided in ADR 17.
 *
 * <p>Invariants are those of the threat list: I1 (quorum counted again), I2 (one output set a round), I3 (nothing
 * acknowledged is lost or moves), I4 (the offline check of every kit agrees), I5 (too few corrupt builders certify
 * nothing wrong), I6 (order and repetition of proofs change no byte), I8 (heads only grow), I9 (no result before the
 * commitments); besides, FENCE (no old token is heard), LIVE (calm ends every round) and CORRUPT (a lying coordinator is
 * refused offline or by the monitor). Later trust roots come in the middle of runs, and add: I10 (once a version is
 * reviewed, no certificate stands that does not count under it), I11 (a version that was taken, and what was signed because
 * of it, is there after every crash, as it was; nobody but the root keys makes one), I12 (what the log is told of a
 * revocation or a review is what was done, once). In one of eight runs policies ask for measured hosts, which adds I13 (who
 * is called lost showed something bad or is not the trust root's, work is for admitted hosts alone, and the log is told of
 * every change). What evidence is worth the oracle knows from {@link dev.quorate.it.sim.Quotes}, and not from the judge. In one
 * of five runs there are witnesses, in one of seven a time-stamping authority, which add: SPLIT (whoever demands enough
 * witnesses believes one history), HIDDEN (what a builder was told to be in a tree that is believed is in every later one),
 * TIME (nothing is judged by a time before its head was there, or that the authority did not say of that signature). I7 is
 * about parsers and is tested with them.
 */
package dev.quorate.it.sim;
