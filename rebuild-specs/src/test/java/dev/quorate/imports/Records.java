package dev.quorate.imports;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** One record of each format, in the shape that its makers write. */
final class Records {
    static final String DEBIAN = """
            Format: 1.0
            Source: catdoc
            Version: 1:0.95-6
            Checksums-Sha256:
             aea9c9734da3387238965404f0de104b11e669a76ec0e2a3c8fcc7032c784bfd 9 catdoc_0.95-6_amd64.deb
            Build-Architecture: amd64
            Build-Path: /build/reproducible-path/catdoc-0.95
            Installed-Build-Depends:
             base-files (= 12.4+deb12u12),
             gcc:amd64 (= 4:12.2.0-3)
            Environment:
             DEB_BUILD_OPTIONS="parallel=4"
            """;

    static final String ARCH = """
            format = 2
            pkgname = tree-lib
            pkgbase = tree
            pkgver = 1:2.1.1-2
            pkgarch = x86_64
            pkgbuild_sha256sum = b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c
            packager = Jane Doe <jane@example.org>
            builddate = 1700000000
            builddir = /build
            startdir = /startdir
            buildtool = devtools
            buildtoolver = 1:1.0.0-1-any
            buildenv = !distcc
            buildenv = check
            options = strip
            installed = bash-5.2.015-1-x86_64
            installed = gcc-13.2.1-3-x86_64
            """;

    static final String CENTRAL = """
            # what it is
            groupId=org.example.shared
            artifactId=widgets
            display=${groupId}:${artifactId}
            version=3.1.0

            gitRepo=https://git.example.org/apache/${artifactId}.git
            gitTag=$artifactId-${version} # moves
            tool=mvn-3.9.9
            jdk=17
            newline=lf
            umask='022'
            command="mvn -Prelease clean package -DskipTests \\
              -Dgpg.skip"
            buildinfo=target/${artifactId}-${version}.buildinfo
            issue=
            """;

    static final String STATEMENT = """
            {"_type": "https://in-toto.io/Statement/v1",
             "subject": [{"name": "pkg:npm/%40scope/left@1.2.0", "digest": {"sha512": "00"}}, {"name": "left.tgz"}],
             "predicateType": "https://slsa.dev/provenance/v1",
             "predicate": {
               "buildDefinition": {
                 "buildType": "https://builds.example.org/workflow/v1",
                 "externalParameters": {"workflow": {"ref": "refs/tags/v1.2.0", "path": "release.yml"}},
                 "resolvedDependencies": [
                   {"uri": "git+https://git.example.org/scope/left.git@refs/tags/v1.2.0",
                    "digest": {"gitCommit": "6ac0c52f7e6b3f0d6f5f6f3f1a0b9c8d7e6f5a4b"}},
                   {"uri": "https://example.org/data.tar.gz",
                    "digest": {"sha256": "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"}},
                   {"uri": "pkg:deb/debian/gcc@12", "digest": {"sha256": "x"}}]},
               "runDetails": {"builder": {"id": "https://builds.example.org/hosted"}}}}
            """;

    private Records() {}

    static String envelope(String statement) {
        String payload = Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8));
        return CanonicalJson.write(Json.object()
                .put("payloadType", "application/vnd.in-toto+json")
                .put("payload", payload)
                .put("signatures", Json.strings(List.of()))
                .build());
    }
}
