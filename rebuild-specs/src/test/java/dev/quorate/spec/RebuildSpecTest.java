package dev.quorate.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebuildSpecTest {
    @ParameterizedTest
    @EnumSource(Specs.class)
    void printsExactlyTheTreeThatItRead(Specs spec) throws Exception {
        Json.Obj tree = YamlReader.read(spec.yaml().getBytes(StandardCharsets.UTF_8), RebuildSpec.MAX_BYTES, "t")
                .json();
        assertEquals(tree, parse(spec.yaml()).json());
    }

    @Test
    void hasADigestOnlyOnceItIsLocked() throws Exception {
        var spec = parse(Specs.SCRIPT.yaml());
        assertFalse(spec.isLocked());
        assertThrows(IllegalStateException.class, spec::digest);
        assertTrue(spec.withLock(List.of()).isLocked());
        assertEquals(71, spec.withLock(List.of()).digest().toString().length());
    }

    @Test
    void digestIgnoresCommentsAndOrderAndNothingElse() throws Exception {
        String yaml = Specs.LOCKED.yaml();
        SpecDigest digest = parse(yaml).digest();
        String[] halves = yaml.split("(?m)^platform: linux/amd64$");
        assertEquals(
                digest,
                parse("# c\n" + halves[0] + halves[1] + "\nplatform: linux/amd64\n")
                        .digest());
        assertNotEquals(digest, parse(yaml.replace("time: 20m", "time: 21m")).digest());
        assertNotEquals(digest, parse(yaml.replace("size: 1,", "size: 2,")).digest());
        assertNotEquals(
                digest, parse(yaml.replace("b_1_all.deb", "c_1_all.deb")).digest());
    }

    @ParameterizedTest
    @EnumSource(BadSpecs.class)
    void namesLineAndFieldOfWhatIsWrong(BadSpecs bad) {
        var e = assertThrows(MalformedException.class, () -> parse(bad.yaml()));
        assertTrue(e.getMessage().contains(bad.message()), e.getMessage());
        assertTrue(e.getMessage().startsWith("spec.yaml"), e.getMessage());
    }

    @Test
    void findsTheLockedFilesOfARole() throws Exception {
        var spec = parse(Specs.LOCKED.yaml());
        assertEquals(1, spec.locked(LockedFile.Role.ENVIRONMENT).size());
        assertEquals(
                Sha256.of("source"),
                spec.locked(LockedFile.Role.SOURCE).getFirst().sha256());
        assertEquals(List.of(), spec.locked(LockedFile.Role.REPOSITORY));
    }

    private static RebuildSpec parse(String yaml) throws MalformedException {
        return RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "spec.yaml");
    }
}
