package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.SignedTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A draft with two root keys, and the key of a builder, in an empty directory. */
abstract class TrustCase {
    /** The log of the example that stock clients accept. */
    static final String LOG = "log.zones.example+90b9cef4+Ae0UnvNob4eC7ITdpPKpK1PdZJd/meOaTj1hSHUuj8jN";

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void trustRoot() {
        shell = new Shell(directory);
        for (String name : new String[] {"alice", "bob", "carol", "b1", "jane"}) {
            ok("trust", "key", "-o", name);
        }
        ok(
                "trust",
                "init",
                "--root-key",
                "alice=alice.pub",
                "--root-key",
                "bob=bob.pub",
                "--threshold",
                "2",
                "--expires",
                "365d",
                "-o",
                "trust.json");
    }

    Shell.Said ok(String... words) {
        Shell.Said said = shell.run(words);
        assertEquals(ExitCode.OK, said.code(), said.err());
        return said;
    }

    String refused(String... words) {
        Shell.Said said = shell.run(words);
        assertEquals(ExitCode.USAGE, said.code(), said.out());
        assertEquals(1, said.err().lines().count(), said.err());
        return said.err();
    }

    SignedTrust trust(String name) throws IOException, MalformedException {
        return SignedTrust.parse(shell.read(name).getBytes(StandardCharsets.UTF_8), name);
    }

    Shell.Said addBuilder() {
        return ok(
                "trust",
                "add",
                "trust.json",
                "builder",
                "--id",
                "b1",
                "--operator",
                "acme",
                "--zone",
                "eu-1",
                "--cpu-vendor",
                "intel",
                "--key",
                "b1.pub");
    }
}
