package dev.quorate.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocatorTest {
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "file:///etc/passwd",
                "ftp://example.org/x",
                "http://example.org/x",
                "http://127.0.0.1.example.org/x",
                "http://127.0.0.1@example.org/x",
                "http://localhost/x",
                "https://user@example.org/x",
                "https://user:secret@example.org/x",
                "https:///x",
                "https:x",
                "https://example.org/x#fragment",
                "https://example.org/a b",
                "https://example.org/\u001b[31m",
                "https://example.org/\n-x",
                "javascript:alert(1)",
                "jar:https://example.org/x!/y",
                "HTTPS",
                "git+ext::sh -c id#" + COMMIT,
                "git+file:///repo#" + COMMIT,
                "git+ssh://git@example.org/x#" + COMMIT,
                "git+http://example.org/x#" + COMMIT,
                "git+--upload-pack=id#" + COMMIT,
                "git+https://example.org/x",
                "git+https://example.org/x#main",
                "git+https://example.org/x#v1.0",
                "git+https://example.org/x#" + "A123456789012345678901234567890123456789",
                "git+https://example.org/x#" + COMMIT + "0",
                "git+https://example.org/x#y#" + COMMIT,
                "pkg:",
                "pkg:deb",
                "pkg:deb/debian/hello",
                "pkg:maven/org.example/thing",
                "pkg:pypi/requests@1",
                "pkg:deb/debian/@1"
            })
    void refusesWithASentenceThatIsSafeToPrint(String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> Locator.parse(text));
        assertEquals(IllegalArgumentException.class, e.getClass());
        assertFalse(e.getMessage().chars().anyMatch(c -> c < 0x20), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a%20b?c=d",
                "http://127.0.0.1:8080/x",
                "http://[::1]:8080/x",
                "git+https://example.org/x.git#" + COMMIT,
                "git+http://127.0.0.1:9/x#" + COMMIT,
                "pkg:deb/debian/bash@5.2.15-2%2Bb2?arch=amd64&distro=bookworm",
                "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64",
                "pkg:deb/debian/base-passwd@1%3A3.6~1?arch=amd64",
                "pkg:maven/org.example/thing@1.0?classifier=bin&type=tar.gz",
                "pkg:npm/%40scope/name@1.0.0"
            })
    void printsWhatItRead(String text) {
        assertEquals(text, Locator.parse(text).toString());
        assertEquals(Locator.parse(text), Locator.parse(Locator.parse(text).toString()));
    }
}
