package dev.quorate.it.hosts;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Specs of releases that independent hosts build. */
final class Releases {
    private Releases() {}

    /** One that pretending agents give the output of. */
    static String played(String name, String input) {
        return """
                format: quorate/rebuild/v1
                name: %s
                version: "1.0"
                platform: linux/amd64
                environment: {debian: bookworm}
                sources:
                  - inline: hello.c
                    text: hello
                build: {kind: script, directory: /build/hello, script: make}
                outputs: [hello]
                limits: {time: 20m, memory: 2GiB, disk: 1MiB, log: 1MiB}
                locked:
                  - {role: source, path: hello.tar, from: "https://example.org/hello.tar", size: %d, sha256: %s}
                """.formatted(name, input.length(), Sha256.of(input));
    }

    /** One that is really built, over one package, to what pretending agents write. */
    static String built(String name, Path deb) throws IOException {
        return """
                format: quorate/rebuild/v1
                name: %s
                version: "1.0"
                platform: linux/amd64
                environment: {debian: bookworm}
                sources:
                  - inline: hello
                    text: "%s"
                build:
                  kind: script
                  directory: /build/hello
                  script: |
                    cat hello >"$OUT/hello"
                    chmod 755 "$OUT/hello"
                outputs: [hello]
                limits: {time: 20m, memory: 512MiB, disk: 16MiB, log: 1MiB}
                locked:
                  - {role: environment, path: tiny.deb, from: "https://example.org/tiny.deb", size: %d, sha256: %s}
                """.formatted(name, PretendingAgent.OUTPUT, Files.size(deb), Sha256.of(Files.readAllBytes(deb)));
    }
}
