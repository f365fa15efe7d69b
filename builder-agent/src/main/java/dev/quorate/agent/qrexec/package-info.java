/**
 * One build by another machine, over two pipes that nobody on the way is trusted with: {@code isolation: qrexec} on the
 * calling side ({@link dev.quorate.agent.qrexec.RemoteBuilder}), the Qubes service {@code quorate.Build} on the other
 * ({@link dev.quorate.agent.qrexec.CalledBuild}).
 *
 * <pre>
 * standard input of the service, up to its end:
 *   magic  head(request)  bytes of each of the spec's locked files, each digest once, in the order of the lock
 * standard output of the service, up to its end:
 *   magic  frame…         frames: any number of A, then one K, then S to the end
 *
 * magic    "quorate.Build/1\n", 16 bytes
 * head     length, 4 bytes, big endian, 1 to 16777216; then so many bytes: the JSON of a DSSE envelope (formats.md, 2)
 * frame    kind, 1 byte; length, 4 bytes, big endian; then so many bytes
 *   A      length 0: the service is at work; at least one in 5 seconds
 *   K      length 91: a P-256 key of the service, made for this answer, as SubjectPublicKeyInfo
 *   S      length 17 to 65536: sealed bytes. Opened and joined they are
 *            head(answer)  bytes of the log  bytes of each output file, in the order of the output set
 *
 * request  signed with the builder's key; in-toto statement about the spec, predicate type
 *          https://quorate.dev/build-request/v1:
 *            {"builder","nonce":"&lt;base64, 32 bytes&gt;","issued":"&lt;time&gt;","key":"&lt;base64 SPKI&gt;","spec":{…}}
 * answer   signed with the service's key; in-toto statement about the same spec, predicate type
 *          https://quorate.dev/build-answer/v1:
 *            {"request":"&lt;hex, digest of the request's envelope&gt;","outcome":{"outputs":[…]} or {"failure","detail"},
 *             "environment":{…},"log":{"size","sha256"},"milliseconds"}
 *
 * seal     AES-256-GCM. Key: HKDF-SHA256, secret the ECDH of the request's "key" and K, salt the digest of the request's
 *          envelope, info "quorate.Build/1 answer" followed by K's 91 bytes. Nonce: four zero bytes and the number of
 *          the S frame from 0 in eight bytes. Additional data: the frame's five bytes of kind and length.
 * </pre>
 *
 * The signatures say whose words these are, the digest of the request (which holds a nonce) that the answer is to this
 * very request, and the seal keeps a result from whoever carries it until its builder has committed to it. A sealed frame
 * that is not the next one does not open. The keys of both sides are pinned in the other side's configuration.
 */
package dev.quorate.agent.qrexec;
