package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.Main;
import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.PinnedCertificates;
import dev.quorate.agent.protocol.Enroller;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.Wire;
import dev.quorate.agent.tpm.Tpm;
import dev.quorate.coordinator.Lab;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.it.cluster.Processes;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.round.BuilderId;
import dev.quorate.tpm.TpmException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Software TPMs prove to a real coordinator which TPM they are. The third one's maker is unknown to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EnrolmentTest {
    private Path directory;
    private SoftwareTpm first;
    private SoftwareTpm second;
    private SoftwareTpm stranger;
    private Lab lab;

    @BeforeAll
    void open(@TempDir Path temporary) throws Exception {
        SoftwareTpm.need();
        directory = temporary;
        first = SoftwareTpm.make(directory.resolve("t1"));
        second = SoftwareTpm.make(directory.resolve("t2"));
        stranger = SoftwareTpm.make(directory.resolve("t3"));
        Files.writeString(directory.resolve("makers.pem"), first.maker() + second.maker());
        lab = new Lab(directory, 3, "makers: makers.pem\n");
    }

    @AfterAll
    void close() {
        for (AutoCloseable opened : Arrays.<AutoCloseable>asList(lab, first, second, stranger)) {
            try {
                if (opened != null) {
                    opened.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private record Ran(int code, String out, String err) {}

    /** {@code agent --enrol}, as an operator runs it. */
    private Ran enrol(String builder, SoftwareTpm tpm, String data) throws Exception {
        Path config = Files.writeString(directory.resolve(data + ".yaml"), """
                builder: %s
                dir: %s
                coordinator: https://127.0.0.1:%d
                coordinatorCertificate: %s
                trust: trust.json
                isolation: container
                tpm: {tcti: "%s"}
                """.formatted(
                        builder, data, lab.port(), lab.certificate, tpm.tcti()));
        Path err = directory.resolve(data + ".err");
        Process process = Processes.java(Main.class, List.of("--config", config.toString(), "--enrol"))
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, Files.readString(err));
    }

    @Test
    void aHostProvesItsTpmAndKeepsItsName() throws Exception {
        Ran ran = enrol("new1", first, "a1");
        assertEquals(0, ran.code(), ran::toString);
        Fields fields = Fields.of(JsonReader.read(ran.out().strip(), "record"), "record");
        byte[] der = java.util.Base64.getDecoder().decode(fields.string("endorsement"));
        var certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        assertEquals("new1", fields.string("builder"));
        assertEquals(Sha256.of(certificate.getPublicKey().getEncoded()).hex(), fields.string("host"));
        // Again, with a fresh proof: the same machine, the same key.
        assertEquals(ran.out(), enrol("new1", first, "a2").out());
        Ran taken = enrol("new1", second, "a3");
        assertEquals(2, taken.code(), taken::toString);
        assertTrue(taken.err().contains("name-taken"), taken::err);
        assertEquals(0, enrol("new2", second, "a4").code());
    }

    @Test
    void aTpmOfAnUnknownMakerIsRefused() throws Exception {
        Ran ran = enrol("new3", stranger, "b1");
        assertEquals(2, ran.code(), ran::toString);
        assertTrue(ran.err().contains("endorsement-refused"), ran::err);
    }

    @Test
    void aNameOfTheTrustRootNeedsTheBuildersOwnCertificate() throws Exception {
        var b1 = new BuilderId("b1");
        Ran anonymous = enrol("b1", first, "c1");
        assertEquals(2, anonymous.code(), anonymous::toString);
        assertTrue(anonymous.err().contains("name-taken"), anonymous::err);
        Tpm tpm = Tpm.open(first.tcti(), directory.resolve("c2"));
        Json.Obj enrolled = as(b1, new KeyPairSigner(lab.builders.get(b1)))
                .enrol(b1, tpm.endorsementCertificate(), tpm.attestationKey().area(), tpm::activate);
        assertEquals("b1", Fields.of(enrolled, "record").string("builder"));
        Enroller wrong = as(b1, new KeyPairSigner(KeyPairSigner.generate()));
        assertThrows(
                RefusedException.class,
                () -> wrong.enrol(
                        b1, tpm.endorsementCertificate(), tpm.attestationKey().area(), tpm::activate));
    }

    @Test
    void anothersEndorsementCannotBeBorrowed() throws Exception {
        Tpm own = Tpm.open(first.tcti(), directory.resolve("d1"));
        Tpm other = Tpm.open(second.tcti(), directory.resolve("d2"));
        byte[] area = own.attestationKey().area();
        byte[] borrowed = other.endorsementCertificate();
        Enroller enroller = as(new BuilderId("thief"), new KeyPairSigner(KeyPairSigner.generate()));
        var thief = new BuilderId("thief");
        // The thief's TPM cannot read the credential; the other one has no such attestation key to read it for.
        assertThrows(TpmException.class, () -> enroller.enrol(thief, borrowed, area, own::activate));
        other.attestationKey();
        assertThrows(TpmException.class, () -> enroller.enrol(thief, borrowed, area, other::activate));
        var refused =
                assertThrows(RefusedException.class, () -> enroller.enrol(thief, borrowed, area, made -> new byte[32]));
        assertTrue(refused.getMessage().contains("host-refused"), refused::getMessage);
    }

    private Enroller as(BuilderId builder, Signer signer) throws Exception {
        Connections connections = Connections.open(
                builder, Optional.of(signer), PinnedCertificates.read(lab.certificate), Clock.systemUTC());
        return new Enroller(new Wire(connections::client, URI.create("https://127.0.0.1:" + lab.port() + "/")));
    }
}
