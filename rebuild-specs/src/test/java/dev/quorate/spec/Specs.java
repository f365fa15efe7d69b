package dev.quorate.spec;

import dev.quorate.digest.Sha256;

/** Good specs, one of each kind. */
public enum Specs {
    DEBIAN("""
            format: quorate/rebuild/v1
            name: debvm
            version: 0.2.10+deb12u1
            platform: linux/amd64
            environment: {debian: bookworm}
            sources:
              - package: pkg:deb/debian/debvm@0.2.10%2Bdeb12u1?arch=source
            build:
              kind: debian
              directory: /build/reproducible-path/debvm-0.2.10+deb12u1
              variables: {DEB_BUILD_OPTIONS: nocheck parallel=2}
            outputs: [debvm_0.2.10+deb12u1_all.deb]
            limits: {time: 20m, memory: 2GiB, disk: 4GiB, log: 16MiB}
            """),
    MAVEN("""
            format: quorate/rebuild/v1
            name: thing
            version: "1.0"
            platform: linux/arm64
            environment: {debian: trixie, packages: [openjdk-25-jdk-headless, libstdc++6]}
            sources:
              - package: pkg:maven/org.example/thing@1.0?classifier=source-release&type=zip
              - git: git+https://example.org/thing.git#0123456789012345678901234567890123456789
                into: thing
              - url: https://example.org/extra.tar.gz
                sha256: %s
                into: extra/extra.tar.gz
            build:
              kind: maven
              directory: /build/thing
              arguments: [clean, package, -DskipTests]
            outputs: ["*.jar", thing.pom]
            limits: {time: 2h, memory: 4GiB, disk: 4GiB, log: 512KiB}
            """.formatted(Sha256.of("extra"))),
    SCRIPT("""
            format: quorate/rebuild/v1
            name: hello
            version: "1.0"
            platform: linux/riscv64
            environment: {debian: sid}
            sources:
              - inline: hello.c
                text: "int main(void) { return 0; }\\n"
            build:
              kind: script
              directory: /build/hello
              script: gcc -o "$OUT/hello" hello.c
            outputs: [hello]
            limits: {time: 90s, memory: 1GiB, disk: 1GiB, log: 4MiB}
            """),
    LOCKED(DEBIAN.yaml() + """
            locked:
              - {role: environment, path: b_1_all.deb, from: "pkg:deb/debian/b@1?arch=all&distro=bookworm", size: 1, sha256: %s}
              - {role: source, path: debvm.dsc, from: "pkg:deb/debian/debvm@1?arch=source", size: 0, sha256: %s}
            """.formatted(Sha256.of("b"), Sha256.of("source")));

    private final String yaml;

    Specs(String yaml) {
        this.yaml = yaml;
    }

    /** The spec file. */
    public String yaml() {
        return yaml;
    }
}
