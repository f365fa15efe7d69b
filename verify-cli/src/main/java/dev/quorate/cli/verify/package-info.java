/**
 * {@code quorate verify} and {@code quorate gate}: the offline check of {@link dev.quorate.verify} over files.
 *
 * <p>{@code verify} opens no connection and reads only the files it is given. {@code gate} adds what a CI job needs: it
 * may fetch the kit of a round, knows modes and waivers, and writes reports.
 *
 * <p>A waiver file is YAML; each waiver says what, why and until when:
 *
 * <pre>
 * waivers:
 *   - artifact: 02c787c2c867fc463248c8b656d02495162e15f3e7cf9347286cfd0c0e88c57a
 *     reason: the doc tool of the builders is older; see ticket 12
 *     expires: 2026-12-31T00:00:00Z
 *   - release: debvm@0.2.10+deb12u1
 *     reason: second operator joins next week
 *     expires: 2026-12-01T00:00:00Z
 * </pre>
 *
 * A waiver of an artifact covers that file whatever the check found. A waiver of a release covers a verdict that is
 * contested, failed, insufficient, stale or pending; since it is not bound to bytes, the digest is the better choice.
 */
package dev.quorate.cli.verify;
