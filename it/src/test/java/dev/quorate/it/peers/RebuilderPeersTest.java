package dev.quorate.it.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.quorate.coordinator.FakeAgent;
import dev.quorate.coordinator.Lab;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.inputs.process.Command;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.round.BuilderId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * repro-threshold, and apt with apt-transport-in-toto, ask a coordinator for links over a Debian package that three
 * builders certified. The builders are played; coordinator, package, signatures, connections and tools are real.
 */
@Tag("peers")
class RebuilderPeersTest {
    private static final List<String> BUILDERS = List.of("b1", "b2", "b3");
    private static final String PACKAGE = "hello_1.0-1_all.deb";

    /**
     * The transport polls with three threads of one Python interpreter, and a thread that read one byte waits 5 ms for
     * its turn to read the next: an update took from 20 to 100 s. With a shorter turn it takes three.
     */
    private static final String PROMPT_THREADS = "import sys\n\nsys.setswitchinterval(1e-5)\n";

    @TempDir
    Path directory;

    private Lab lab;
    private Path given;
    private HttpServer archive;

    @BeforeEach
    void certified() throws Exception {
        given = Files.createDirectories(directory.resolve("given"));
        lab = new Lab(Files.createDirectories(directory.resolve("lab")), BUILDERS.size(), "");
        Path deb = deb("good");
        Files.move(deb, given.resolve(PACKAGE));
        certify(Files.readAllBytes(given.resolve(PACKAGE)));
        Path etc = Files.createDirectories(given.resolve("etc/ssl/certs"));
        Files.copy(lab.certificate, etc.resolve("ca-certificates.crt"));
        Files.writeString(given.resolve("etc/hosts"), "127.0.0.1 localhost\n");
        Files.writeString(given.resolve("etc/passwd"), "root:x:0:0:root:/tmp:/bin/sh\n");
        Files.writeString(given.resolve("sitecustomize.py"), PROMPT_THREADS);
        archive = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Files.createDirectories(directory.resolve("archive")),
                SimpleFileServer.OutputLevel.NONE);
        archive.start();
    }

    @AfterEach
    void close() {
        archive.stop(0);
        lab.close();
    }

    /** A package that holds one file. */
    private Path deb(String content) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(directory.resolve("deb-" + content));
        Files.createDirectories(tree.resolve("DEBIAN"));
        Files.writeString(tree.resolve("DEBIAN/control"), """
                Package: hello
                Version: 1.0-1
                Architecture: all
                Maintainer: Jane <jane@example.org>
                Description: says hello
                """);
        Files.writeString(tree.resolve("hello"), content + "\n");
        Path file = directory.resolve(content + ".deb");
        List<String> words =
                List.of("/usr/bin/dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree.toString(), file.toString());
        new Command(words, System.getenv(), directory, Duration.ofMinutes(5)).text(1 << 16);
        return file;
    }

    private void certify(byte[] content) throws Exception {
        P256Key certifier =
                lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
        lab.anonymous()
                .post(
                        "/v1/rounds",
                        lab.submission(Lab.spec("hello", new byte[] {1}), List.of())
                                .json());
        List<FakeAgent> agents = new ArrayList<>();
        for (String name : BUILDERS) {
            var id = new BuilderId(name);
            var agent = new FakeAgent(id, lab.as(id), lab.builders.get(id));
            agent.links = Optional.of(lab.links.get(id));
            assertEquals(200, agent.lease(0, certifier).statusCode());
            agent.commit(FakeAgent.built(PACKAGE, content));
            agents.add(agent);
        }
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.reveal(PACKAGE, content).statusCode());
        }
        lab.anonymous().get("/v1/rounds/" + agents.getFirst().opening.round() + "/events");
    }

    private String rebuilder(String builder) {
        return "https://localhost:" + lab.port() + "/rebuilders/" + builder;
    }

    private static DebianTree sid() throws InterruptedException {
        try {
            return DebianTree.sid();
        } catch (IOException e) {
            return PeerCache.missing("repro-threshold", e);
        }
    }

    private static DebianTree apt() throws InterruptedException {
        try {
            return DebianTree.apt();
        } catch (IOException e) {
            return PeerCache.missing("apt-transport-in-toto", e);
        }
    }

    /** With the first key that each rebuilder serves, which is the one that repro-threshold itself would take. */
    private Ran reproThreshold(DebianTree tree, List<String> rebuilders, int threshold, String file) throws Exception {
        List<String> words = new ArrayList<>(List.of("/usr/bin/repro-threshold", "plumbing", "verify"));
        for (String builder : rebuilders) {
            Files.writeString(
                    given.resolve(builder + ".pem"),
                    lab.links.get(new BuilderId(builder)).key().pemWithNull());
            words.addAll(List.of("-S", builder + ".pem", "-R", rebuilder(builder)));
        }
        words.addAll(List.of("-t", String.valueOf(threshold), file));
        return tree.runConnected(given, words);
    }

    @Test
    void reproThresholdCountsEachBuilderOverTheNetwork() throws Exception {
        DebianTree tree = sid();
        for (int threshold = 1; threshold <= 3; threshold++) {
            reproThreshold(tree, BUILDERS, threshold, PACKAGE).assertAccepted();
        }
        reproThreshold(tree, BUILDERS, 4, PACKAGE).assertRefused("only 3/4 required signatures");
        reproThreshold(tree, List.of("b1", "b1"), 2, PACKAGE).assertRefused("only 1/2 required signatures");
    }

    @Test
    void reproThresholdRefusesAnotherPackageOfTheSameName() throws Exception {
        DebianTree tree = sid();
        Files.move(deb("evil"), given.resolve("evil.deb"));
        reproThreshold(tree, BUILDERS, 1, "evil.deb").assertRefused("only 0/1 required signatures");
    }

    /** Puts a package into the archive as its maintainer would, with the right sums. */
    private void publish(Path deb) throws IOException {
        Path root = Files.createDirectories(directory.resolve("archive/stable"));
        Files.copy(deb, root.resolve(PACKAGE));
        byte[] bytes = Files.readAllBytes(deb);
        Files.writeString(root.resolve("Packages"), """
                Package: hello
                Version: 1.0-1
                Architecture: all
                Maintainer: Jane <jane@example.org>
                Description: says hello
                Filename: stable/%s
                Size: %d
                SHA256: %s
                """.formatted(
                        PACKAGE, bytes.length, Sha256.of(bytes).hex()));
    }

    /** A user who trusts two of three builders' links, under a layout that the user signed. */
    private void configure(DebianTree tree, List<String> rebuilders) throws Exception {
        Files.write(given.resolve("trust.json"), lab.trust.bytes());
        new CommandLine(given).require("trust", "show", "trust.json", "--layout", "2", "-o", "root.layout");
        Files.createDirectories(given.resolve("etc/apt/apt.conf.d"));
        for (String path : List.of("lists/partial", "archives/partial", "gpg")) {
            Files.createDirectories(given.resolve(path));
        }
        Files.writeString(given.resolve("status"), "");
        String script = """
                set -e
                chmod 700 gpg
                gpg --homedir gpg --batch --quiet --passphrase '' --quick-generate-key user@example.org rsa2048 sign never
                key=$(gpg --homedir gpg --batch --with-colons --list-keys | sed -n 's/^fpr:::::::::\\([^:]*\\):/\\1/p')
                in-toto-sign -f root.layout -g "$key" --gpg-home gpg
                printf '%s' "$key" > keyid
                """;
        tree.run(given, List.of("/bin/dash", "-c", script)).assertAccepted();
        var configuration = new StringBuilder("APT::Intoto::LogLevel {\"20\"};\nAPT::Intoto::Rebuilders {\n");
        rebuilders.forEach(
                builder -> configuration.append('"').append(rebuilder(builder)).append("\";\n"));
        configuration.append(
                "};\nAPT::Intoto::Layout {\"/given/root.layout\"};\nAPT::Intoto::GPGHomedir {\"/given/gpg\"};\n");
        configuration.append("APT::Intoto::Keyids {\"" + Files.readString(given.resolve("keyid")) + "\";};\n");
        Files.writeString(given.resolve("etc/apt/apt.conf.d/intoto"), configuration);
        Files.writeString(
                given.resolve("etc/apt/sources.list"),
                "deb [trusted=yes] intoto://localhost:" + archive.getAddress().getPort() + "/ stable/\n");
    }

    private Ran apt(DebianTree tree, String words) throws Exception {
        String options = " -q -o Dir::State=/given -o Dir::State::status=/given/status -o Dir::Cache=/given"
                + " -o APT::Sandbox::User=root -o Acquire::Retries=0 -o Acquire::Languages=none ";
        return tree.runConnected(
                given, List.of("/bin/dash", "-c", "PYTHONPATH=/given apt-get" + options + words + " 2>&1"));
    }

    /** apt itself finds nothing wrong with the archive. */
    private Ran aptInstall(DebianTree tree) throws Exception {
        apt(tree, "update").assertAccepted();
        return apt(tree, "install -y --download-only hello");
    }

    @Test
    void aptTakesWhatTwoOfThreeBuildersSigned() throws Exception {
        DebianTree tree = apt();
        publish(given.resolve(PACKAGE));
        configure(tree, BUILDERS);
        aptInstall(tree).assertAccepted();
        assertEquals(
                Sha256.of(Files.readAllBytes(given.resolve(PACKAGE))),
                Sha256.of(Files.readAllBytes(given.resolve("archives").resolve(PACKAGE))));
    }

    @Test
    void aptRefusesAnotherPackageOfTheSameName() throws Exception {
        DebianTree tree = apt();
        publish(deb("evil"));
        configure(tree, BUILDERS);
        aptInstall(tree).assertRefused("In-toto verification for");
    }

    @Test
    void aptRefusesLinksOfTooFewBuilders() throws Exception {
        DebianTree tree = apt();
        publish(given.resolve(PACKAGE));
        configure(tree, List.of("b1"));
        aptInstall(tree).assertRefused("requires '2' link metadata file(s)");
    }
}
