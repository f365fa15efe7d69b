/**
 * The round as a pure machine: {@code state + event → state + answer}. There is no clock, no I/O and no randomness here;
 * every event carries its time, deadlines are data, and what is left to do ({@link
 * dev.quorate.coordinator.round.RoundState#due}) follows from the state alone, so that a restart that folds the stored
 * events again goes on where it was.
 *
 * <pre>
 * DISPATCHED → COMMITTING → REVEALING → TALLIED → LOGGED
 *                                          ↑__________|   a late proof, or a later trust root: counted and certified
 *                                                         once more
 * </pre>
 *
 * Events of one round, in order, are its whole truth. Each is stored as one JSON object:
 *
 * <pre>
 * {"event":"opened","at":"…","round":"r-…","spec":"sha256:…","builders":["b1"],"threshold":3,"lease":30,"commitWithin":7200,"revealWithin":600,"filed":{"envelope":"&lt;hex&gt;","index":4}}
 * {"event":"leased","at":"…","builder":"b1"}
 * {"event":"returned","at":"…","builder":"b1","token":1}
 * {"event":"attested","at":"…","builder":"b1","token":1,"key":"&lt;base64 SPKI&gt;","standing":"GOOD","filed":{…}}
 * {"event":"committed","at":"…","builder":"b1","token":1,"filed":{…}}
 * {"event":"proven","at":"…","builder":"b1","token":1,"finality":"FINAL","filed":{…}}
 * {"event":"passed","at":"…"}
 * {"event":"counted","at":"…","verdict":"CERTIFIED","reason":"…"}
 * {"event":"certified","at":"…","filed":{…}}
 * {"event":"barred","at":"…","builder":"b1","reason":"…","outlook":"CANNOT_MEET"}
 * {"event":"reviewed","at":"…","trust":2,"standing":"RECOUNTED","verdict":"INSUFFICIENT","reason":"…","filed":{…}}
 * </pre>
 *
 * A heartbeat is the one event that is not stored: it only says how long a lease lasts, which decides nothing but what
 * the status shows; tokens decide who holds an assignment.
 */
package dev.quorate.coordinator.round;
