/**
 * The transparency log, as values and pure functions: Merkle trees, signed notes, checkpoints, cosignatures, tiles.
 *
 * <p>A <em>signed note</em> (C2SP signed-note) is UTF-8 text that ends in a newline, a blank line, and signature lines:
 *
 * <pre>
 * note      = text LF 1*64(signature)
 * signature = U+2014 SP name SP base64(keyhash[4] blob) LF
 * keyhash   = SHA-256(name LF type public)[0..4]        ; type 0x01 Ed25519, 0x04 cosignature/v1
 * vkey      = name "+" hex(keyhash) "+" base64(type public)
 * </pre>
 *
 * <p>A <em>checkpoint</em> (C2SP tlog-checkpoint) is a note whose text is origin, size and root:
 *
 * <pre>
 * log.zones.example
 * 11
 * sdj466F0i0GjoMD1eQ/NZyEAcYhbzdHSKajgJxRXuHo=
 *
 * — log.zones.example kLnO9B9jCd4lU7joICZu2XRfAet5kqGNi6eY+yt8MZBJuQ2XeCMjglkMaC433AwI3chTBOCXZF+ADJM0xncU7VAbCgU=
 * — witness.zones.example/w1 gAuWzAAAAABq/YbA2s7uKw2oXa3l03P/mh2jCsA54Gm0cXDzhpv6eVqIV1yqfLvly3YYoB4HzJW/6sIkuJJE5bPO4ZecCpY/ZkdFAA==
 * </pre>
 *
 * The witness's blob (C2SP tlog-cosignature) is a 64-bit time in seconds since 1970 and an Ed25519 signature over
 * {@code cosignature/v1 LF "time " decimal LF text}. Signatures by unknown keys are ignored; a bad signature by a known
 * key refuses the note.
 *
 * <p>A <em>tile</em> (C2SP tlog-tiles) is 256 consecutive hashes of one level in eight, or fewer at the right edge:
 * {@code tile/0/x001/234.p/5} is the first five leaf hashes of tile 1234; {@code tile/entries/x001/234} the entries of a
 * full one, each after its length as a 16-bit big-endian number. Hashing is RFC 6962 §2.1. Tree sizes are at most
 * 2<sup>53</sup>−1.
 *
 * <p>A <em>tlog-proof</em> (C2SP tlog-proof) is the one-file form of an inclusion proof:
 *
 * <pre>
 * "c2sp.org/tlog-proof@v1" LF ["extra " base64 LF] "index " decimal LF *63(base64(hash) LF) LF checkpoint
 * </pre>
 *
 * <p>Nothing here reads a clock, a file or a network.
 */
package dev.quorate.log;
