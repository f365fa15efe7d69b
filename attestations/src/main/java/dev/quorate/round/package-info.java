/**
 * The rules of a round: who takes part, in what order things are said, and how each is written down.
 *
 * <p>Predicates of our own, each over the subject {@code {"name":"spec","digest":{"sha256":<spec digest>}}}:
 *
 * <ul>
 *   <li>{@code https://quorate.dev/submission/v1}, signed by a maintainer: {@code {"spec":{…},"claims":[…]}}
 *   <li>{@code https://quorate.dev/round/v1}, signed by the coordinator:
 *       {@code {"round","spec":{…},"policy":{…},"builders":["…"],"opened":"<RFC 3339>"}}
 *   <li>{@code https://quorate.dev/commitment/v1}, signed by a builder: {@code {"round","builder","commitment":"<hex>"}}
 * </ul>
 */
package dev.quorate.round;
