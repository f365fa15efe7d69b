package dev.quorate.agent.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.TlsFiles;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.PinnedCertificates;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.log.LogIndex;
import dev.quorate.spec.Platform;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCoordinatorTest {
    private static final Platform PLATFORM = Platform.parse("linux/amd64");
    private static final Lease LEASE = new Lease(TestRound.ROUND, new LeaseToken(7));
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Village village = new Village();
    private final Envelope opening = village.opening(TestRound.ROUND, List.of(TestRound.SELF, TestRound.OTHER));

    @TempDir
    Path directory;

    private interface Talk {
        void with(TestServer server, HttpCoordinator coordinator, HttpBlobs blobs) throws Exception;
    }

    private void talk(TestServer.Handler handler, Talk talk) throws Exception {
        TlsFiles tls = TlsFiles.loopback();
        try (var server = new TestServer(tls, handler);
                Connections connections = connections(tls)) {
            var wire = new Wire(connections::client, server.base("127.0.0.1"));
            talk.with(server, new HttpCoordinator(wire, InstantSource.system()), new HttpBlobs(wire));
        }
    }

    private Connections connections(TlsFiles pinned) throws Exception {
        Path file = pinned.writeCertificate(directory.resolve("coordinator.pem"));
        return Connections.open(
                TestRound.SELF, village.builder(TestRound.SELF), PinnedCertificates.read(file), InstantSource.system());
    }

    private String leaseAnswer(Instant expires) {
        return CanonicalJson.write(Json.object()
                .put("round", TestRound.ROUND.text())
                .put("token", 7)
                .put("phase", "build")
                .put("expires", expires.toString())
                .put("opening", opening.json())
                .build());
    }

    @Test
    void anAssignmentIsReadAndTheCertificateIsSignedByTheBuildersKey() throws Exception {
        talk(
                (exchange, body) -> TestServer.answer(
                        exchange, 200, leaseAnswer(Instant.now().plusSeconds(30))),
                (server, coordinator, blobs) -> {
                    Assignment assignment = coordinator.lease(PLATFORM, WAIT).orElseThrow();
                    assertEquals(LEASE, assignment.lease());
                    assertEquals(Assignment.Phase.BUILD, assignment.phase());
                    assertTrue(assignment.remaining().compareTo(Duration.ofSeconds(20)) > 0);
                    assertEquals(opening.digest(), assignment.opening().digest());
                    assertEquals(
                            "POST /v1/leases {\"platform\":\"linux/amd64\",\"wait\":2}",
                            server.requests().getFirst());
                    var shown = server.clients().getFirst();
                    assertEquals("CN=b1", shown.getSubjectX500Principal().getName());
                    Signature check = Signature.getInstance("SHA256withECDSA");
                    check.initVerify(village.builder(TestRound.SELF).publicKey().publicKey());
                    check.update(shown.getTBSCertificate());
                    assertTrue(check.verify(shown.getSignature()));
                });
    }

    @Test
    void aLeaseIsMeasuredOnTheCoordinatorsClock() throws Exception {
        // The JDK's server sends its own Date; the agent's clock here is a year off.
        TlsFiles tls = TlsFiles.loopback();
        try (var server = new TestServer(
                        tls,
                        (exchange, body) -> TestServer.answer(
                                exchange, 200, leaseAnswer(Instant.now().plusSeconds(30))));
                Connections connections = connections(tls)) {
            var wire = new Wire(connections::client, server.base("127.0.0.1"));
            InstantSource wrong = InstantSource.fixed(Instant.now().minus(Duration.ofDays(365)));
            var remaining = new HttpCoordinator(wire, wrong)
                    .lease(PLATFORM, WAIT)
                    .orElseThrow()
                    .remaining();
            assertTrue(remaining.compareTo(Duration.ofSeconds(60)) < 0, remaining.toString());
        }
    }

    @Test
    void noWorkIsNoAssignment() throws Exception {
        talk((exchange, body) -> TestServer.answer(exchange, 204, ""), (server, coordinator, blobs) -> {
            assertEquals(Optional.empty(), coordinator.lease(PLATFORM, WAIT));
            assertEquals(Optional.empty(), coordinator.reveal(LEASE, WAIT));
            assertTrue(server.requests()
                    .get(1)
                    .startsWith("GET /v1/leases/" + TestRound.ROUND + "/reveal?token=7&wait=2"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease-lost", "urn:quorate:problem:lease-lost", "https://quorate.dev/problems/lease-lost"})
    void aDeadTokenIsALostLease(String type) throws Exception {
        String problem = "{\"type\":\"" + type + "\",\"title\":\"gone\",\"detail\":\"token 9 is held\"}";
        talk((exchange, body) -> TestServer.answer(exchange, 409, problem), (server, coordinator, blobs) -> {
            var e = assertThrows(LeaseLostException.class, () -> coordinator.heartbeat(LEASE));
            assertTrue(e.getMessage().contains("token 9 is held"), e.getMessage());
        });
    }

    @Test
    void aSecondCommitmentIsRefusedAndNotTriedAgain() throws Exception {
        String problem = "{\"type\":\"second-commitment\",\"detail\":\"an other\\u001b[31m came first\"}";
        talk((exchange, body) -> TestServer.answer(exchange, 409, problem), (server, coordinator, blobs) -> {
            var e = assertThrows(RefusedException.class, () -> coordinator.commit(LEASE, opening));
            assertTrue(e.getMessage().contains("\\u{1b}[31m"), e.getMessage());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 507})
    void aCoordinatorInTroubleIsAskedAgainLater(int status) throws Exception {
        talk(
                (exchange, body) -> TestServer.answer(exchange, status, "<html>not a problem document</html>"),
                (server, coordinator, blobs) ->
                        assertThrows(UnreachableException.class, () -> coordinator.prove(LEASE, opening)));
    }

    @Test
    void aConnectionThatDropsBeforeTheAnswerIsAskedAgainLater() throws Exception {
        talk(
                (exchange, body) -> exchange.close(),
                (server, coordinator, blobs) ->
                        assertThrows(UnreachableException.class, () -> coordinator.commit(LEASE, opening)));
    }

    @Test
    void aCoordinatorThatIsNotThereIsSaidSo() throws Exception {
        TlsFiles tls = TlsFiles.loopback();
        URI nobody;
        try (var server = new TestServer(tls, (exchange, body) -> exchange.close())) {
            nobody = server.base("127.0.0.1");
        }
        try (Connections connections = connections(tls)) {
            var coordinator = new HttpCoordinator(new Wire(connections::client, nobody), InstantSource.system());
            var e = assertThrows(UnreachableException.class, () -> coordinator.heartbeat(LEASE));
            assertTrue(e.getMessage().endsWith("the connection was refused"), e.getMessage());
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        talk(
                (exchange, body) -> {
                    exchange.sendResponseHeaders(200, 0);
                    var chunk = new byte[64 * 1024];
                    for (int i = 0; i < 64; i++) {
                        exchange.getResponseBody().write(chunk);
                    }
                },
                (server, coordinator, blobs) ->
                        assertThrows(UnreachableException.class, () -> coordinator.heartbeat(LEASE)));
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsRefused() throws Exception {
        talk(
                (exchange, body) -> TestServer.answer(exchange, 200, "{\"index\":-1}"),
                (server, coordinator, blobs) ->
                        assertThrows(RefusedException.class, () -> coordinator.commit(LEASE, opening)));
    }

    @Test
    void theIndexOfACommitmentIsRead() throws Exception {
        talk((exchange, body) -> TestServer.answer(exchange, 200, "{\"index\":12}"), (server, coordinator, blobs) -> {
            assertEquals(new LogIndex(12), coordinator.commit(LEASE, opening));
            String request = server.requests().getFirst();
            assertTrue(request.startsWith("POST /v1/leases/" + TestRound.ROUND + "/commitment {\"envelope\":{"));
            assertTrue(request.endsWith("\"token\":7}"), request);
        });
    }

    @Test
    void waitingForAnAnswerCanBeInterrupted() throws Exception {
        var never = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        TestServer.Handler silent = (exchange, body) -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        talk(silent, (server, coordinator, blobs) -> {
            Thread self = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                try {
                    asked.await();
                    self.interrupt();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThrows(InterruptedException.class, () -> coordinator.lease(PLATFORM, Duration.ofSeconds(30)));
            never.countDown();
        });
    }

    @Test
    void anotherCertificateThanThePinnedOneIsNamedInOneSentence() throws Exception {
        try (var server = new TestServer(TlsFiles.loopback(), (exchange, body) -> exchange.close());
                Connections connections = connections(TlsFiles.loopback())) {
            var wire = new Wire(connections::client, server.base("127.0.0.1"));
            var e = assertThrows(
                    UnreachableException.class,
                    () -> new HttpCoordinator(wire, InstantSource.system()).lease(PLATFORM, WAIT));
            assertTrue(e.getMessage().contains("which is not the one in"), e.getMessage());
            assertTrue(e.getMessage().contains("coordinator.pem"), e.getMessage());
            assertEquals(List.of(), server.requests());
        }
    }

    @Test
    void thePinnedCertificateDoesNotPassForAHostThatItDoesNotName() throws Exception {
        TlsFiles other = TlsFiles.naming(new GeneralName(GeneralName.dNSName, "quorate.example"));
        try (var server = new TestServer(other, (exchange, body) -> exchange.close());
                Connections connections = connections(other)) {
            var wire = new Wire(connections::client, server.base("127.0.0.1"));
            assertThrows(
                    UnreachableException.class,
                    () -> new HttpCoordinator(wire, InstantSource.system()).lease(PLATFORM, WAIT));
            assertEquals(List.of(), server.requests());
        }
    }

    @Test
    void aPinnedCertificateThatNamesNoHostIsEnough() throws Exception {
        TlsFiles nameless = TlsFiles.naming();
        try (var server = new TestServer(nameless, (exchange, body) -> TestServer.answer(exchange, 204, ""));
                Connections connections = connections(nameless)) {
            var wire = new Wire(connections::client, server.base("127.0.0.1"));
            assertEquals(Optional.empty(), new HttpCoordinator(wire, InstantSource.system()).lease(PLATFORM, WAIT));
        }
    }

    @Test
    void anUploadGoesOnWhereItBrokeOff() throws Exception {
        Path file = Files.writeString(directory.resolve("output"), "0123456789");
        Sha256 digest = Sha256.of("0123456789");
        var whole = new AtomicBoolean();
        TestServer.Handler store = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Upload-Offset", "4");
                exchange.sendResponseHeaders(whole.get() ? 200 : 404, -1);
            } else {
                whole.set("bytes 4-9/10".equals(exchange.getRequestHeaders().getFirst("Content-Range")));
                TestServer.answer(exchange, 201, "");
            }
        };
        talk(store, (server, coordinator, blobs) -> {
            blobs.store(digest, file);
            blobs.store(digest, file);
            assertEquals(
                    List.of(
                            "HEAD /v1/blobs/sha256:" + digest + " ",
                            "PUT /v1/blobs/sha256:" + digest + " 456789",
                            "HEAD /v1/blobs/sha256:" + digest + " "),
                    server.requests());
        });
    }

    @Test
    void anEmptyFileCanBeUploaded() throws Exception {
        Path file = Files.writeString(directory.resolve("output"), "");
        talk(
                (exchange, body) ->
                        exchange.sendResponseHeaders(exchange.getRequestMethod().equals("HEAD") ? 404 : 201, -1),
                (server, coordinator, blobs) -> {
                    blobs.store(Sha256.of(""), file);
                    assertEquals(2, server.requests().size());
                });
    }

    @Test
    void aPieceOfABlobIsAskedForByRange() throws Exception {
        TestServer.Handler store = (exchange, body) -> {
            byte[] all = "0123456789".getBytes(StandardCharsets.US_ASCII);
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
            if (from >= all.length) {
                exchange.sendResponseHeaders(416, -1);
            } else {
                TestServer.answer(exchange, 206, new String(all, from, Math.min(4, all.length - from)));
            }
        };
        talk(store, (server, coordinator, blobs) -> {
            assertEquals("0123", new String(blobs.read(Sha256.of("x"), 0, 4).orElseThrow()));
            assertEquals("89", new String(blobs.read(Sha256.of("x"), 8, 4).orElseThrow()));
            assertEquals(0, blobs.read(Sha256.of("x"), 12, 4).orElseThrow().length);
        });
    }
}
