package dev.quorate.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.TlsFiles;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.PinnedCertificates;
import dev.quorate.agent.identity.UnusableFileException;
import dev.quorate.agent.protocol.Admitter;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.HttpCoordinator;
import dev.quorate.agent.protocol.Lease;
import dev.quorate.agent.protocol.LeaseToken;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.TestServer;
import dev.quorate.agent.protocol.Wire;
import dev.quorate.agent.work.HostVoices;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostReport;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an agent shows its machine, over real TLS, to a coordinator that admits for two hours. */
class AdmittedCoordinatorTest {
    private static final Lease LEASE = new Lease(TestRound.ROUND, new LeaseToken(7));
    private static final Platform PLATFORM = Platform.parse("linux/amd64");
    private static final Duration LIFETIME = Duration.ofHours(2);

    private final KeyPair authority = KeyPairSigner.generate();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private int admissions;
    private boolean refusing;
    private boolean broken;
    private TestServer server;
    private Connections connections;
    private AdmittedCoordinator coordinator;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        TlsFiles tls = TlsFiles.loopback();
        var pinned = PinnedCertificates.read(tls.writeCertificate(directory.resolve("coordinator.pem")));
        server = new TestServer(tls, this::answer);
        connections =
                Connections.open(TestRound.SELF, new Village().builder(TestRound.SELF), pinned, InstantSource.system());
        var wire = new Wire(connections::client, server.base("127.0.0.1"));
        coordinator = new AdmittedCoordinator(
                new HttpCoordinator(wire, InstantSource.system()),
                new Admitter(wire),
                new Host(),
                new AdmittedCoordinator.Speech() {
                    @Override
                    public Connections showing(PrivateKey key, X509Certificate certificate)
                            throws GeneralSecurityException, UnusableFileException {
                        return Connections.showing(TestRound.SELF, key, certificate, pinned);
                    }

                    @Override
                    public Coordinator over(Connections shown) {
                        return new HttpCoordinator(
                                new Wire(shown::client, server.base("127.0.0.1")), InstantSource.system());
                    }
                },
                () -> now);
    }

    @AfterEach
    void close() {
        coordinator.close();
        connections.close();
        server.close();
    }

    private final class Host implements HostVoices {
        @Override
        public BuilderId self() {
            return TestRound.SELF;
        }

        @Override
        public HostReport over(Sha256 binding) throws IOException {
            if (broken) {
                throw new IOException("the TPM is gone");
            }
            P256Key ak = P256Key.of(authority.getPublic());
            var pcrs = new TreeMap<>(Map.of(4, Sha256.of("kernel")));
            return new HostReport.Tpm2(ak, Octets.of(binding.bytes()), Octets.of(new byte[] {1}), pcrs, List.of());
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/v1/enrol/nonce" ->
                TestServer.answer(exchange, 200, "{\"nonce\":\"" + Base64Text.encode(new byte[32]) + "\"}");
            case "/v1/enrol" -> {
                admissions++;
                if (refusing) {
                    TestServer.answer(exchange, 403, """
                            {"type":"about:blank","title":"refused","status":403,"detail":"PCR_UNEXPECTED: PCR 4"}""");
                } else {
                    TestServer.answer(exchange, 200, admitted(body));
                }
            }
            case "/v1/leases" -> TestServer.answer(exchange, 204, "");
            default ->
                TestServer.answer(
                        exchange, 200, "{\"expires\":\"" + Instant.now().plusSeconds(30) + "\"}");
        }
    }

    private String admitted(byte[] body) throws IOException {
        try {
            PublicKey key = Fields.of(JsonReader.read(body, 1 << 20, "evidence"), "evidence")
                    .string("key", P256Key::parse)
                    .publicKey();
            var draft = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=authority"),
                    BigInteger.valueOf(admissions),
                    Date.from(now),
                    Date.from(now.plus(LIFETIME)),
                    new X500Name("CN=host"),
                    key);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
            return "{\"certificate\":\"" + Base64Text.encode(draft.build(signer).getEncoded()) + "\",\"expires\":\""
                    + now.plus(LIFETIME) + "\"}";
        } catch (OperatorCreationException | MalformedException e) {
            throw new IOException(e);
        }
    }

    /** The certificate behind the newest request. */
    private X509Certificate shown() {
        return server.clients().getLast();
    }

    @Test
    void workIsAskedForWithTheCertificateAndAllElseWithTheBuildersOwn() throws Exception {
        coordinator.lease(PLATFORM, Duration.ZERO);
        assertEquals("CN=host", shown().getSubjectX500Principal().getName());
        coordinator.heartbeat(LEASE);
        assertEquals("CN=b1", shown().getSubjectX500Principal().getName());
        coordinator.lease(PLATFORM, Duration.ZERO);
        assertEquals(1, admissions);
    }

    @Test
    void aHeartbeatShowsTheMachineAgainWhenHalfOfTheTimeIsOver() throws Exception {
        coordinator.lease(PLATFORM, Duration.ZERO);
        X509Certificate first = shown();
        now = now.plus(LIFETIME.dividedBy(2)).minusSeconds(1);
        coordinator.heartbeat(LEASE);
        assertEquals(1, admissions);
        now = now.plusSeconds(1);
        coordinator.heartbeat(LEASE);
        assertEquals(2, admissions);
        assertEquals("CN=b1", shown().getSubjectX500Principal().getName());
        coordinator.lease(PLATFORM, Duration.ZERO);
        assertEquals(2, admissions);
        // Another certificate, and another key in it.
        assertNotEquals(first.getSerialNumber(), shown().getSerialNumber());
        assertNotEquals(first.getPublicKey(), shown().getPublicKey());
    }

    @Test
    void aRenewalThatIsRefusedStopsNoHeartbeatAndIsTriedWithTheNext() throws Exception {
        coordinator.lease(PLATFORM, Duration.ZERO);
        now = now.plus(LIFETIME.dividedBy(2));
        refusing = true;
        coordinator.heartbeat(LEASE);
        coordinator.heartbeat(LEASE);
        assertEquals(3, admissions);
        assertTrue(server.requests().getLast().contains("/heartbeat"), () -> String.valueOf(server.requests()));
        var refused = assertThrows(RefusedException.class, () -> coordinator.lease(PLATFORM, Duration.ZERO));
        assertTrue(refused.getMessage().contains("PCR_UNEXPECTED"), refused.getMessage());
        refusing = false;
        coordinator.lease(PLATFORM, Duration.ZERO);
        assertEquals(BigInteger.valueOf(5), shown().getSerialNumber());
    }

    @Test
    void aMachineThatCannotShowItselfAsksForNoWork() {
        broken = true;
        var refused = assertThrows(RefusedException.class, () -> coordinator.lease(PLATFORM, Duration.ZERO));
        assertTrue(refused.getMessage().contains("the TPM is gone"), refused.getMessage());
        assertEquals(
                List.of("POST /v1/enrol/nonce {}"),
                server.requests().stream().map(String::strip).toList());
    }
}
