/**
 * What the coordinator keeps in SQLite (WAL, {@code synchronous=FULL}): the rounds, the events that are their truth, and
 * the envelopes that those events name. One transaction writes an event together with its envelope; whatever was
 * acknowledged is in a transaction that was forced to the disk.
 */
package dev.quorate.coordinator.store;
