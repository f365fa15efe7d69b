/**
 * From others' records of a build to a spec that a person completes and locks. Everything in a record is text: nothing
 * of it is run, sourced or believed. What a record does not say is {@code null} in the draft, and its comments say
 * {@code Look:}.
 *
 * <p>Debian's {@code .buildinfo} (deb-buildinfo(5)): {@code Source}, {@code Version}, {@code Build-Path},
 * {@code Environment}, {@code Checksums-Sha256} and the exact closure {@code Installed-Build-Depends} become
 *
 * <pre>
 * sources: [{package: "pkg:deb/debian/debvm@0.2.10%2Bdeb12u1?arch=source"}]
 * build: {kind: debian, directory: "/build/reproducible-path/debvm-0.2.10+deb12u1", …}
 * outputs: ["debvm_0.2.10+deb12u1_all.deb"]
 * </pre>
 *
 * <p>Arch's {@code .BUILDINFO} (BUILDINFO(5), formats 1 and 2): lines {@code name = value}, a list as a name again and
 * again. {@code pkgbuild_sha256sum} pins the PKGBUILD; its address is nowhere in the record.
 *
 * <p>Reproducible Central's {@code .buildspec} (BUILDSPEC.md there) is a Bash script by its makers' word, and of Bash
 * this much is read:
 *
 * <pre>
 * file       = *( blank / comment / assignment )
 * assignment = name "=" *part [ comment ] newline     ; a name is assigned once
 * part       = plain / "'" text "'" / DQUOTE *( text / variable / escape ) DQUOTE / variable / "\" character
 * variable   = "$" name / "${" name "}"               ; assigned on an earlier line
 * </pre>
 *
 * {@code gitRepo=https://example.org/${artifactId}.git}, {@code gitTag=v1} become a Git source without its commit, for a
 * tag moves; {@code jdk=17} becomes the package {@code openjdk-17-jdk-headless}.
 *
 * <p>SLSA provenance v1 (slsa.dev/spec/v1.0/provenance) in an in-toto statement v1, bare, in a DSSE envelope or in a
 * Sigstore bundle: {@code subject} becomes {@code outputs}, and what {@code resolvedDependencies} pins by a Git commit
 * or a SHA-256 becomes {@code sources}. No signature is looked at.
 */
package dev.quorate.imports;
