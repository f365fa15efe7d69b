/**
 * From others' records of a build to a spec that a person completes and locks.
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
 * with comments on what the record does not say. Everything in a record is text: nothing of it is run or sourced.
 */
package dev.quorate.imports;
