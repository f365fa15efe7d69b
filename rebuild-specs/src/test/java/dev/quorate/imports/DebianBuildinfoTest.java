package dev.quorate.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.json.MalformedException;
import dev.quorate.spec.RebuildSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebianBuildinfoTest {
    private static final String BUILDINFO = """
            -----BEGIN PGP SIGNED MESSAGE-----
            Hash: SHA512

            Format: 1.0
            Source: catdoc
            Binary: catdoc catdoc-dbgsym
            Architecture: amd64 source
            Version: 1:0.95-6~deb12u1
            Checksums-Sha256:
             8fdc309d5640cf5f4eaa16880d4246175586fd0608849a114ca47f05f2b8b5b7 1960 catdoc_0.95-6~deb12u1.dsc
             aea9c9734da3387238965404f0de104b11e669a76ec0e2a3c8fcc7032c784bfd 9 catdoc_0.95-6~deb12u1_amd64.deb
            Build-Origin: Debian
            Build-Architecture: amd64
            Build-Path: /build/reproducible-path/catdoc-0.95
            Installed-Build-Depends:
             autoconf (= 2.71-3),
             base-files (= 12.4+deb12u12),
             gcc:amd64 (= 4:12.2.0-3)
            Environment:
             DEB_BUILD_OPTIONS="parallel=4"
             LANG="C.UTF-8"
             LD_PRELOAD="evil.so"
             SOURCE_DATE_EPOCH="1700000000"

            -----BEGIN PGP SIGNATURE-----

            abc=
            -----END PGP SIGNATURE-----
            """;

    @Test
    void becomesASpecThatReads() throws Exception {
        String yaml = DebianBuildinfo.spec(BUILDINFO, "catdoc.buildinfo");
        var spec = RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "imported");
        assertEquals("catdoc@1:0.95-6~deb12u1", spec.release().toString());
        assertEquals("bookworm", spec.environment().suite());
        assertEquals("/build/reproducible-path/catdoc-0.95", spec.recipe().directory());
        assertEquals(
                Map.of("DEB_BUILD_OPTIONS", "parallel=4", "SOURCE_DATE_EPOCH", "1700000000"),
                spec.recipe().variables());
        assertEquals(
                List.of("catdoc_0.95-6~deb12u1_amd64.deb"),
                spec.outputs().stream().map(Object::toString).toList());
        assertTrue(yaml.contains("#   gcc:amd64 (= 4:12.2.0-3)\n"), yaml);
    }

    @Test
    void replacesAPathThatASandboxDoesNotHave() throws Exception {
        String yaml = DebianBuildinfo.spec(
                BUILDINFO.replace("/build/reproducible-path/catdoc-0.95", "/build/../home/x"), "b");
        assertTrue(yaml.contains("/build/reproducible-path/catdoc-0.95-6~deb12u1"), yaml);
    }

    @ParameterizedTest
    @CsvSource({
        "Source: catdoc, Source: ../x, field Source",
        "Version: 1:0.95-6~deb12u1, Version: x y, field Version",
        "Build-Architecture: amd64, Build-Architecture: m68k, no builders",
        "Installed-Build-Depends:, Other:, is not a .buildinfo"
    })
    void refuses(String find, String replace, String message) {
        var e = assertThrows(
                MalformedException.class, () -> DebianBuildinfo.spec(BUILDINFO.replace(find, replace), "b"));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void writesHostileNamesWhereTheyDoNoHarm() throws Exception {
        String yaml = DebianBuildinfo.spec(BUILDINFO, "x\nname: evil");
        assertTrue(yaml.startsWith("# From Debian's .buildinfo x\\u{a}name: evil. Look"), yaml);
    }
}
