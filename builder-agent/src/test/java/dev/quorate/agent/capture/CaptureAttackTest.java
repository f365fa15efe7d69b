package dev.quorate.agent.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureAttackTest {
    private static final long MOST = 1 << 20;

    @TempDir
    Path directory;

    private Path made;

    @BeforeEach
    void make() throws IOException {
        made = Files.createDirectories(directory.resolve("work/out"));
    }

    @Test
    void filesAndLinksAreTakenWithTheirDigestsAndExecutableBits() throws Exception {
        Files.writeString(made.resolve("a.deb"), "a");
        Files.setPosixFilePermissions(made.resolve("a.deb"), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(made.resolve("sub"));
        Files.writeString(made.resolve("sub/b.deb"), "b");
        Files.createSymbolicLink(made.resolve("latest"), Path.of("elsewhere"));
        Files.writeString(made.resolve("ignored.txt"), "x");
        OutputSet outputs = capture("*.deb", "sub/*.deb", "latest");
        assertEquals(
                List.of(
                        new Output.File(RelativePath.parse("a.deb"), true, 1, Sha256.of("a")),
                        new Output.Symlink(RelativePath.parse("latest"), "elsewhere"),
                        new Output.File(RelativePath.parse("sub/b.deb"), false, 1, Sha256.of("b"))),
                outputs.outputs());
        assertEquals("b", Files.readString(directory.resolve("outputs/sub/b.deb")));
        assertTrue(Files.isSymbolicLink(directory.resolve("outputs/latest")));
        try (Stream<Path> copies = Files.list(directory.resolve("outputs"))) {
            assertEquals(3, copies.count());
        }
    }

    @Test
    void aPatternThatMatchesNothingNamesItself() throws Exception {
        Files.writeString(made.resolve("a.deb"), "a");
        assertEquals(
                "the build made nothing that matches the output \"b*.deb\" in out",
                assertThrows(CaptureException.class, () -> capture("*.deb", "b*.deb"))
                        .getMessage());
    }

    @Test
    void aDirectoryOnTheWayThatIsALinkIsNotFollowed() throws Exception {
        Path secret = Files.createDirectory(directory.resolve("secret"));
        Files.writeString(secret.resolve("key"), "key");
        Files.createSymbolicLink(made.resolve("sub"), secret);
        assertThrows(CaptureException.class, () -> capture("sub/key"));
        assertThrows(CaptureException.class, () -> capture2("*/key"));
    }

    @Test
    void anOutputDirectoryThatIsALinkIsNotFollowed() throws Exception {
        Path secret = Files.createDirectory(directory.resolve("secret"));
        Files.writeString(secret.resolve("key"), "key");
        Files.delete(made);
        Files.createSymbolicLink(made, secret);
        assertThrows(CaptureException.class, () -> capture("key"));
        assertFalse(Files.exists(directory.resolve("outputs"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aSocketIsRefused() throws Exception {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(made.resolve("s")));
            assertThrows(CaptureException.class, () -> capture("*"));
        }
    }

    @Test
    void aPipeIsRefusedWithoutWaitingForIt() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", made.resolve("p").toString())
                        .start()
                        .waitFor());
        assertThrows(CaptureException.class, () -> capture("p"));
    }

    @Test
    void hardLinksAndHolesCannotCopyMoreThanTheLimit() throws Exception {
        try (var sparse = new RandomAccessFile(made.resolve("0").toFile(), "rw")) {
            sparse.setLength(MOST / 2);
        }
        for (int i = 1; i < 4; i++) {
            Files.createLink(made.resolve("" + i), made.resolve("0"));
        }
        assertThrows(CaptureException.class, () -> capture("*"));
    }

    @Test
    void aNameWithALineBreakIsRefusedAndPrintedSafely() throws Exception {
        Files.writeString(made.resolve("a\n.deb"), "a");
        String message =
                assertThrows(CaptureException.class, () -> capture("*.deb")).getMessage();
        assertTrue(message.contains("\"a\\u{a}.deb\""), message);
    }

    @Test
    void anOutputThatTwoPatternsMatchIsTakenOnce() throws Exception {
        Files.writeString(made.resolve("a.deb"), "a");
        assertEquals(1, capture("a.deb", "*").outputs().size());
    }

    @ParameterizedTest
    @CsvSource({
        "*, abc, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, abcd, false",
        "*.deb, x.deb.deb, true",
        "a*b*c, aXbYbZc, true",
        "abc, abc, true",
        "abc, ab, false",
        "ab, abc, false",
        "**, x, true",
        "a*, b, false"
    })
    void aStarStandsForAnyCharacters(String pattern, String name, boolean matches) {
        assertEquals(matches, PathPattern.matches(pattern, name));
    }

    @Test
    void aPatternOfManyStarsIsDecidedAtOnce() {
        assertFalse(PathPattern.matches("*a".repeat(100) + "b", "a".repeat(255)));
    }

    private OutputSet capture(String... patterns) throws CaptureException, IOException {
        return to("outputs", patterns);
    }

    private OutputSet capture2(String... patterns) throws CaptureException, IOException {
        return to("outputs2", patterns);
    }

    private OutputSet to(String name, String... patterns) throws CaptureException, IOException {
        List<RelativePath> parsed = Stream.of(patterns).map(RelativePath::parse).toList();
        return OutputCapture.capture(directory.resolve("work"), List.of("out"), parsed, directory.resolve(name), MOST);
    }
}
