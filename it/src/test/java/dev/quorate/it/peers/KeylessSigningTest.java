package dev.quorate.it.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.coordinator.Lab;
import dev.quorate.coordinator.identity.PrivateSigstore;
import dev.quorate.coordinator.identity.SigstoreServers;
import dev.quorate.inputs.process.Command;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.trust.Identity;
import dev.quorate.trust.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A maintainer without a key: cosign signs what {@code quorate submit --statement} wrote, for an identity of a private
 * Sigstore, and a running coordinator opens the round. Certificates, log and tokens are played; cosign is real.
 */
@Tag("peers")
class KeylessSigningTest {
    private static final String ISSUER = "https://issuer.example";
    private static final String JANE = "https://ci.example/jane";

    @TempDir
    Path directory;

    private final PrivateSigstore sigstore = new PrivateSigstore();

    private static DebianTree sid() throws InterruptedException {
        try {
            return DebianTree.sid();
        } catch (IOException e) {
            return PeerCache.missing("cosign", e);
        }
    }

    /** An identity token; the played authority looks at its claims alone, as cosign does. */
    private static String token(String subject) {
        String claims = "{\"iss\":\"" + ISSUER + "\",\"sub\":\"" + subject + "\",\"aud\":\"sigstore\",\"exp\":"
                + Instant.now().plusSeconds(600).getEpochSecond() + "}";
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        return url.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + url.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + url.encodeToString(new byte[64]);
    }

    private void attest(DebianTree tree, String subject, String config, String bundle) throws Exception {
        attest(tree, subject, config, "statement.json", bundle);
    }

    private void attest(DebianTree tree, String subject, String config, String statement, String bundle)
            throws Exception {
        List<String> words = List.of(
                tree.program("cosign").toString(),
                "attest-blob",
                "--statement",
                statement,
                "--bundle",
                bundle,
                "--identity-token",
                token(subject),
                "--signing-config",
                config,
                "--trusted-root",
                "trusted_root.json",
                "--yes");
        Map<String, String> environment = Map.of("HOME", directory.toString(), "PATH", "/usr/bin:/bin");
        Ran.of(new Command(words, environment, directory, Duration.ofMinutes(5)))
                .assertAccepted();
    }

    private void nameJane(Lab lab) throws Exception {
        var identity = new Identity(ISSUER, JANE, "private", Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());
        var jane = new Principal("jane", List.of(), List.of(identity));
        byte[] next = lab.after(lab.trust, List.of(jane), List.of(sigstore.root("private")))
                .bytes();
        assertEquals(
                200,
                lab.anonymous()
                        .post(
                                "/v1/trust",
                                Fields.of(JsonReader.read(next, 1 << 20, "trust"), "trust")
                                        .json())
                        .statusCode());
    }

    @Test
    void whatCosignSignedForTheNamedIdentityOpensARound() throws Exception {
        DebianTree tree = sid();
        try (Lab lab = new Lab(Files.createDirectories(directory.resolve("lab")), 3, "");
                var servers = new SigstoreServers(sigstore)) {
            nameJane(lab);
            Files.writeString(
                    directory.resolve("client.yaml"),
                    "coordinator: https://localhost:" + lab.port() + "\ncoordinatorCertificate: " + lab.certificate
                            + "\n");
            Files.write(
                    directory.resolve("spec.yaml"),
                    CanonicalJson.bytes(Lab.spec("hello", new byte[] {1}).json()));
            Files.write(directory.resolve("plain.json"), servers.signingConfig(false));
            Files.write(directory.resolve("stamping.json"), servers.signingConfig(true));
            Files.write(
                    directory.resolve("trusted_root.json"),
                    sigstore.root("private").document());
            var commands = new CommandLine(directory);
            commands.require("submit", "spec.yaml", "--statement", "statement.json");

            attest(tree, "https://ci.example/mallory", "plain.json", "mallory.json");
            CommandLine.Result refused = commands.run("submit", "spec.yaml", "--bundle", "mallory.json");
            assertEquals(ExitCode.USAGE, refused.code(), refused::toString);
            assertTrue(refused.err().contains("IDENTITY_NOT_NAMED"), refused::toString);

            attest(tree, JANE, "plain.json", "jane.json");
            String opened = commands.require("submit", "spec.yaml", "--bundle", "jane.json");
            attest(tree, JANE, "stamping.json", "stamped.json");
            assertTrue(Files.readString(directory.resolve("stamped.json")).contains("signedTimestamp"));
            assertEquals(opened, commands.require("submit", "spec.yaml", "--bundle", "stamped.json"));
        }
    }

    @Test
    void whatCosignSignedForABuildersIdentityNamesItsKey() throws Exception {
        DebianTree tree = sid();
        try (var servers = new SigstoreServers(sigstore)) {
            Files.write(directory.resolve("plain.json"), servers.signingConfig(false));
            Files.write(
                    directory.resolve("trusted_root.json"),
                    sigstore.root("private").document());
            var commands = new CommandLine(directory);
            commands.require("trust", "key", "-o", "root");
            commands.require("trust", "key", "-o", "b1");
            commands.require(
                    "trust init --root-key root=root.pub --threshold 1 --expires 365d -o trust.json".split(" "));
            commands.require(
                    "trust add trust.json sigstore-root --name private --document trusted_root.json".split(" "));
            commands.require("trust statement --id b1 --key b1.pub -o key.json".split(" "));
            attest(tree, "https://ci.example/b1", "plain.json", "key.json", "key.bundle");
            String builder = "trust add trust.json builder --id b1 --operator acme --zone eu-1 --cpu-vendor intel"
                    + " --key b1.pub --bundle key.bundle --issuer " + ISSUER
                    + " --sigstore-root private --subject https://ci.example/";
            CommandLine.Result refused = commands.run((builder + "b2").split(" "));
            assertTrue(refused.err().contains("IDENTITY_NOT_BUILDERS"), refused::toString);
            commands.require((builder + "b1").split(" "));
            commands.require("trust", "sign", "trust.json", "--key", "root");
            String shown = commands.require("trust", "show", "trust.json");
            assertTrue(shown.contains("vouched for by https://ci.example/b1 by " + ISSUER + " at "), shown);
        }
    }
}
