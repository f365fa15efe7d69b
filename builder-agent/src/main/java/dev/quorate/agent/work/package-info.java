/**
 * What an agent does with an assignment.
 *
 * <p>A {@link dev.quorate.agent.work.Worker} leases, checks the round's opening, builds, commits, waits, checks what was
 * revealed, and proves. Whatever must not be said twice in different words is first made durable in the round's journal:
 *
 * <pre>
 * &lt;dir&gt;/rounds/&lt;round&gt;/journal.json
 *   {"step":"prepared","result":{…},"commitment":{&lt;envelope&gt;}}               before the commitment is sent
 *   {"step":"committed","result":{…},"commitment":{&lt;envelope&gt;},"index":12}   before waiting for the others
 *   {"step":"proven","result":{…},"proof":{&lt;envelope&gt;}}                      before the proof is sent
 *   {"step":"excused","result":{…},"proof":{&lt;envelope&gt;}}                     before a proof without commitment is sent
 * result: {"outcome":{"outputs":[…]} or {"failure":"BUILD_FAILED","detail":"…"},"nonce":"&lt;base64&gt;",
 *          "log":{"path","sha256"},"environment":{"path","sha256"},"outputDirectory":"build/outputs",
 *          "started":"…","finished":"…"}
 * </pre>
 *
 * A fresh key that speaks for a measured machine is kept in memory alone; its evidence, {@code "introduction":
 * {"key","evidence"}}, stands beside what it signed and is sent before it.
 *
 * <p>Signed envelopes are kept as they are, because an ECDSA signature over the same words differs each time. A round
 * without a journal is one whose build was cut short: it is built again from nothing. A round's directory goes when its
 * proof is acknowledged, or the round is over.
 *
 * <p>The lease is kept alive for as long as the assignment is held. When it is lost the build is stopped at once; the
 * journal stays, and the next lease goes on from it.
 */
package dev.quorate.agent.work;
