package dev.quorate.inputs.apt;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Debian archive in a directory, unsigned and trusted by its sources entry. Its packages are text files: apt looks
 * into none of them.
 */
public final class FakeArchive {
    private final Path root;
    private final StringBuilder packages = new StringBuilder();
    private final StringBuilder sources = new StringBuilder();

    /** An empty archive. */
    public FakeArchive(Path root) {
        this.root = root;
    }

    /** Adds a binary package with further fields, {@code Essential: yes}. */
    public FakeArchive binary(String name, String version, String... fields) throws IOException {
        String file = "pool/main/" + name + "_" + version.replaceFirst("^[0-9]+:", "") + "_all.deb";
        String text = name + " " + version;
        write(file, text);
        packages.append("Package: ").append(name).append("\nVersion: ").append(version);
        packages.append("\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\nDescription: none\n");
        packages.append("Filename: ").append(file).append("\nSize: ").append(text.length());
        packages.append("\nSHA256: ").append(Sha256.of(text)).append("\n");
        List.of(fields).forEach(field -> packages.append(field).append('\n'));
        packages.append('\n');
        return this;
    }

    /** Adds a source package of one {@code .dsc} with further fields, {@code Build-Depends: x}. */
    public FakeArchive source(String name, String version, String... fields) throws IOException {
        String file = name + "_" + version + ".dsc";
        String text = "source of " + name;
        write("pool/main/" + file, text);
        sources.append("Package: ")
                .append(name)
                .append("\nFormat: 3.0 (native)\nBinary: ")
                .append(name);
        sources.append("\nArchitecture: all\nVersion: ").append(version).append("\nDirectory: pool/main\nFiles:\n ");
        sources.append("0".repeat(32))
                .append(' ')
                .append(text.length())
                .append(' ')
                .append(file);
        sources.append("\nChecksums-Sha256:\n ")
                .append(Sha256.of(text))
                .append(' ')
                .append(text.length());
        sources.append(' ').append(file).append('\n');
        List.of(fields).forEach(field -> sources.append(field).append('\n'));
        sources.append('\n');
        return this;
    }

    /** Removes a file from the pool, as a mirror does with superseded ones. */
    public void vanish(String file) throws IOException {
        Files.delete(root.resolve("pool/main").resolve(file));
    }

    /** Writes the indices and gives a machine, of suite {@code trixie}, that has this archive as its mirror. */
    public AptMachine machine() throws IOException {
        for (String suite : List.of("bookworm", "bookworm-updates")) {
            var release = new StringBuilder("Origin: Fake\nCodename: " + suite + "\nSuite: " + suite
                    + "\nDate: Mon, 23 Nov 2026 00:00:00 UTC\nArchitectures: amd64\nComponents: main\nSHA256:\n");
            boolean main = suite.equals("bookworm");
            index(release, suite, "main/binary-amd64/Packages", main ? packages.toString() : "");
            index(release, suite, "main/source/Sources", main ? sources.toString() : "");
            write("dists/" + suite + "/Release", release.toString());
        }
        write("etc/sources.list.d/fake.sources", """
                Types: deb
                URIs: file://%s
                Suites: trixie trixie-updates
                Components: main
                Trusted: yes
                """.formatted(root.toAbsolutePath()));
        return new AptMachine(root.resolve("etc"), List.of("trixie"));
    }

    private void index(StringBuilder release, String suite, String path, String text) throws IOException {
        write("dists/" + suite + "/" + path, text);
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        release.append(' ')
                .append(Sha256.of(text))
                .append(' ')
                .append(size)
                .append(' ')
                .append(path)
                .append('\n');
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
