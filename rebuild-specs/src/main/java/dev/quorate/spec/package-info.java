/**
 * The rebuild spec, {@code *.rebuild.yaml}: one release, its pinned inputs, and how they become outputs.
 *
 * <pre>
 * format: quorate/rebuild/v1
 * name: debvm
 * version: 0.2.10+deb12u1
 * platform: linux/amd64
 * environment: {debian: bookworm}
 * sources:
 *   - package: pkg:deb/debian/debvm@0.2.10%2Bdeb12u1?arch=source
 * build:
 *   kind: debian
 *   directory: /build/reproducible-path/debvm-0.2.10+deb12u1
 *   variables: {DEB_BUILD_OPTIONS: nocheck parallel=2}
 * outputs: [debvm_0.2.10+deb12u1_all.deb]
 * limits: {time: 20m, memory: 2GiB, disk: 4GiB, log: 16MiB}
 * locked:            # written by `quorate spec lock`; sorted by role, then path
 *   - {role: environment, path: bash_5.2.15-2_amd64.deb, from: "pkg:deb/debian/bash@…", size: 1, sha256: …}
 * </pre>
 *
 * The digest is SHA-256 over the canonical JSON of exactly these members, so a comment or another order of names in
 * the file changes nothing and any value does. JSON Schema: {@code rebuild.schema.json} in this module's resources.
 */
package dev.quorate.spec;
