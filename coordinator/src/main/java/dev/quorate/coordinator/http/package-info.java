/**
 * The coordinator over HTTP/1.1 and TLS 1.3. {@link dev.quorate.coordinator.http.Routes} is the one table of what is
 * served and who may ask; {@code /openapi.json} describes the same, and a test compares them.
 *
 * <p>Connections live on Vert.x's event loops. Each request is handled on a virtual thread of its own, which pulls the
 * body, may block on files, the database or a long poll, and holds up nobody else: a Vert.x virtual-thread context would
 * run the requests of one verticle one after the other whenever one of them blocks on something that is not a future.
 *
 * <p>Errors are RFC 9457 problem details:
 *
 * <pre>
 * {"type":"https://quorate.dev/problems/lease-lost","title":"The lease is lost","status":409,"detail":"…"}
 * </pre>
 */
package dev.quorate.coordinator.http;
