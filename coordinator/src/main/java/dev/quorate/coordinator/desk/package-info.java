/**
 * Conducts rounds: takes what people and builders say, checks it, has the log and the store make it durable, asks the
 * machine of {@link dev.quorate.coordinator.round} what follows, and does what is due. Everything that is acknowledged is
 * in the log and in the store; the order is always log first, so that a crash in between leaves an entry that the
 * retry finds again.
 */
package dev.quorate.coordinator.desk;
