/**
 * {@code quorate log}: watches a transparency log from outside (C2SP tlog-tiles, over HTTP or in a directory).
 *
 * <p>A look verifies the served checkpoint under keys that the user brought, proves from the log's own tiles that it
 * extends the head that was seen last, and, for {@code log check}, hashes every entry again and compares every tile.
 *
 * <p>The state file is the last good checkpoint, a C2SP signed note as it was served; it is replaced whole, and only by
 * a head that extends it. What is wrong goes beside it as {@code <state>.evidence-<n>.json}:
 *
 * <pre>
 * {"format":"quorate/log-evidence/v1","finding":"FORK","detail":"…","log":"&lt;vkey&gt;",
 *  "known":"&lt;signed note&gt;" or null,"served":"&lt;base64 of the checkpoint's bytes&gt;",
 *  "proof":["&lt;base64 of a hash&gt;"…]}
 * </pre>
 *
 * The proof is RFC 6962's consistency proof from known to served as the served tiles give it: after {@code FORK} it
 * leads to the served root and not to the known one, so the two notes are two histories by one key.
 */
package dev.quorate.cli.log;
