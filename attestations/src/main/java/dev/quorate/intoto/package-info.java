/**
 * in-toto Statement v1 (in-toto/attestation, spec/v1/statement.md) and the predicates that Quorate reads and writes.
 *
 * <pre>
 * {"_type":"https://in-toto.io/Statement/v1",
 *  "subject":[{"name":"hello","digest":{"sha256":"&lt;hex&gt;"}}],
 *  "predicateType":"&lt;uri&gt;",
 *  "predicate":{…}}
 * </pre>
 *
 * Statements are written as canonical JSON with every character beyond ASCII escaped, because clients exist that count
 * the characters of a payload where its bytes are meant. Unknown members are ignored, as the specification asks.
 */
package dev.quorate.intoto;
