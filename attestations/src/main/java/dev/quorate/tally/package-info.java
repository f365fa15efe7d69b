/**
 * The one tally: from everything verified that was said in a round, a trust root and a policy to a verdict.
 *
 * <p>A builder speaks with a key that the trust root names, or with one for which good evidence of a host of that builder
 * was logged before. What is signed with another key is nobody's word. A vote has the assurance of the evidence behind its
 * commitment and its proof, the lesser of both.
 *
 * <p>For each builder of the round's enrolled set there is exactly one {@link dev.quorate.tally.Vote}. It counts if the
 * builder and its key are trusted at the trusted time; its only commitment was logged after the opening and before
 * anybody's reveal; its only proof opens that commitment, came after it, names the spec's inputs, and its host's
 * assurance is what the policy asks. Of one operator's builders one votes. Counted votes with the same output set are a
 * group; a group that has the policy's operators, zones, CPU vendors and hosts is a quorum.
 *
 * <p>What the round's own certifier says of hosts ({@link dev.quorate.host.HostChange}) is looked at only for a builder
 * whose vote is outstanding, and changes the words about it: whoever said nothing and is said to have lost its host is
 * {@code UNATTESTED} and not {@code SILENT}. The verdict, and whatever was said, is the same without.
 *
 * <ol>
 *   <li>Two quorums, or one quorum and any other group where dissent blocks: {@code CONTESTED}.
 *   <li>One quorum: {@code CERTIFIED} once no outstanding vote can change that, {@code PENDING} before.
 *   <li>No quorum, two groups where dissent blocks: {@code CONTESTED}.
 *   <li>No quorum, but outstanding votes could make one: {@code PENDING}.
 *   <li>No quorum ever: two groups are {@code CONTESTED}; no group and at least the threshold of operators whose build
 *       failed is {@code FAILED}; anything else is {@code INSUFFICIENT}.
 * </ol>
 *
 * The result is a function of the set of statements: order and repetition change nothing.
 */
package dev.quorate.tally;
