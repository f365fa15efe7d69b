package dev.quorate.mutation;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.json.CanonicalJson;
import dev.quorate.kit.Bundle;
import dev.quorate.log.TlogProof;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Good inputs that mutants are made of. */
final class Golden {
    static final RoundScript SCRIPT = new RoundScript(Policies.witnessed(2, 1), 2)
            .builder("b1")
            .builder("b2")
            .open()
            .agree(Specs.built("good"))
            .certify();

    static final List<Bundle> BUNDLES = SCRIPT.bundles();

    static final byte[] POLICY = """
            threshold: 3
            distinct: {zone: 2, cpuVendor: 2, host: 1}
            hosts: "none"   # or measured
            dissent: blocks
            witnesses: 0
            freshness: 90d
            """.getBytes(StandardCharsets.UTF_8);

    static final byte[] SPEC = """
            format: quorate/rebuild/v1
            name: hello
            version: "2.10"
            platform: linux/amd64
            environment: {debian: bookworm}
            sources:
              - {package: "pkg:deb/debian/hello@2.10-3?arch=source"}
              - {git: "git+https://git.example/hello.git#0123456789abcdef0123456789abcdef01234567", into: src}
              - {url: "https://files.example/hello.tar.gz", sha256: %1$s, into: hello.tar.gz}
              - inline: hello.c
                text: |
                  int main(void) { return 0; }
            build:
              kind: script
              directory: /build/hello
              variables: {LC_ALL: C}
              script: >-
                make
            outputs: [hello, "doc/*.gz"]
            limits: {time: 1m, memory: 1GiB, disk: 1GiB, log: 1MiB}
            locked:
              - {role: environment, path: gcc.deb, from: "pkg:deb/debian/gcc@12?arch=amd64", size: 3, sha256: %1$s}
            """.formatted("a".repeat(64)).getBytes(StandardCharsets.UTF_8);

    private Golden() {}

    static byte[] kit() {
        return SCRIPT.kit();
    }

    static byte[] trust() {
        return SCRIPT.signedTrust().bytes();
    }

    static byte[] note() {
        return BUNDLES.getFirst().entry().checkpointBytes();
    }

    static byte[] envelope() {
        return CanonicalJson.bytes(BUNDLES.getFirst().envelope().json());
    }

    static byte[] tlogProof() {
        var entry = BUNDLES.getFirst().entry();
        var checkpoint = SCRIPT.log().checkpoint(RoundScript.START);
        return new TlogProof(entry.index(), entry.hashes(), checkpoint).bytes();
    }
}
