package dev.quorate.mutation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.json.MalformedException;
import dev.quorate.spec.RebuildSpec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locators that spoiled specs turned up. */
class LocatorSpellingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "git#0123456789abcdef0123456789abcdef01234567",
                "gat+https://git.example/hello.git#0123456789abcdef0123456789abcdef01234567",
                "git+https://git.ex\\u0000ample/hello.git#0123456789abcdef0123456789abcdef01234567",
                "git+https://git.example/\\u001b[2J#0123456789abcdef0123456789abcdef01234567"
            })
    void aGitLocatorSpeltWrongIsRefusedInPrintableWords(String git) {
        String spec = new String(Golden.SPEC, StandardCharsets.UTF_8)
                .replace("git+https://git.example/hello.git#0123456789abcdef0123456789abcdef01234567", git);
        MalformedException e = assertThrows(
                MalformedException.class, () -> RebuildSpec.parse(spec.getBytes(StandardCharsets.UTF_8), "x"));
        assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e::getMessage);
    }
}
