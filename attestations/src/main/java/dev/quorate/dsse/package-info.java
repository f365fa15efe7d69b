/**
 * DSSE v1 envelopes with exactly one P-256 signature (secure-systems-lab/dsse, protocol.md and envelope.md).
 *
 * <pre>
 * PAE(type, body) = "DSSEv1" SP len(type) SP type SP len(body) SP body      lengths in ASCII decimal, of bytes
 * {"payload":"&lt;base64&gt;","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"&lt;base64 DER&gt;"}]}
 * </pre>
 *
 * Both base64 alphabets are read; wrong padding, non-zero trailing bits and white space are refused. A {@code keyid} is
 * read and decides nothing; none is written. The bytes that were verified are the bytes that are parsed.
 */
package dev.quorate.dsse;
