/**
 * What a vote and a quorum must be for somebody to believe them.
 *
 * <pre>
 * threshold: 3                 # agreeing, distinct operators; at least 2
 * distinct: {zone: 2, cpuVendor: 2}
 * hosts: none                  # none | measured | confidential: the least assurance a vote needs
 * dissent: blocks              # blocks | recorded
 * witnesses: 0                 # cosignatures on the checkpoint
 * freshness: 90d               # of the certificate
 * </pre>
 *
 * No number has a default: {@code threshold}, {@code hosts}, {@code dissent}, {@code witnesses} and {@code freshness}
 * must be there; {@code distinct} may be left out, and each of its names too.
 */
package dev.quorate.policy;
