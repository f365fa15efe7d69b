package dev.quorate.it.bench;

import dev.quorate.agent.tpm.MeasuredVoices;
import dev.quorate.agent.tpm.Tpm;
import dev.quorate.agent.work.Introduction;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.it.hosts.SoftwareTpm;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * What evidence costs: a fresh key and a software TPM's quote over it (tpm2-tools, as an agent makes it), and judging the
 * result, envelope and statement included. Arguments: a directory, how many quotes (50), how many judgements (5000).
 */
final class HostBench {
    private static final BuilderId BUILDER = new BuilderId("b1");
    private static final RoundId ROUND = RoundId.ofRandom(new byte[16]);
    private static final Sha256 OPENING = Sha256.of("opening");

    private HostBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "target"), "host-bench");
        int quotes = args.length > 1 ? Integer.parseInt(args[1]) : 50;
        int judgements = args.length > 2 ? Integer.parseInt(args[2]) : 5000;
        try (SoftwareTpm server = SoftwareTpm.make(directory.resolve("tpm"))) {
            Tpm tpm = Tpm.open(server.tcti(), directory.resolve("files"));
            TrustRoot trust = trust(tpm, server);
            var voices =
                    new MeasuredVoices(BUILDER, tpm, MeasuredVoices.profiles(trust, BUILDER), List.of(), directory);
            Introduction shown = voices.voice(ROUND, OPENING).introduction().orElseThrow();
            PrintStream out = System.out;
            out.printf(Locale.ROOT, "%-28s %8s %10s %8s %8s%n", "what", "times", "1/s", "p50 ms", "p99 ms");
            row(out, "fresh key and quote", times(quotes, () -> voices.voice(ROUND, OPENING)));
            times(judgements / 5, () -> judge(trust, shown));
            row(out, "evidence judged, 1 thread", times(judgements, () -> judge(trust, shown)));
        }
    }

    private static TrustRoot trust(Tpm tpm, SoftwareTpm server) throws Exception {
        var issuer = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(server.maker().getBytes(StandardCharsets.US_ASCII)));
        var host = new TrustedHost.Tpm2(
                tpm.attestationKey().key(),
                DerCertificate.of(tpm.endorsementCertificate()),
                List.of(),
                "maker",
                "profile");
        var zeros = new PcrReference(7, List.of(Sha256.ofDigest(new byte[Sha256.LENGTH])));
        var root = new RootKey("root", new KeyPairSigner(KeyPairSigner.generate()).publicKey());
        return new TrustRoot(
                        1,
                        Instant.now().plus(Duration.ofDays(1)),
                        new RootKeys(1, List.of(root)),
                        List.of(new TrustedBuilder(BUILDER, "operator", "zone", "intel", List.of(), List.of(host))),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())
                .edit()
                .hostTrust(new HostTrust(
                        List.of(new Maker("maker", List.of(DerCertificate.of(issuer.getEncoded())))),
                        List.of(new Tpm2Profile("profile", List.of(zeros), List.of(), false))))
                .done();
    }

    private static Judgement judge(TrustRoot trust, Introduction shown) throws Exception {
        VerifiedPayload payload = shown.evidence().verify(shown.key()).orElseThrow();
        Judgement judgement = new HostJudge(trust, Instant.now())
                .judge(HostEvidence.parse(payload), shown.key(), new Occasion.OfRound(ROUND, OPENING));
        if (!(judgement instanceof Judgement.Accepted)) {
            throw new AssertionError(judgement);
        }
        return judgement;
    }

    private static long[] times(int count, Callable<?> work) throws Exception {
        var nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            work.call();
            nanos[i] = System.nanoTime() - begin;
        }
        return nanos;
    }

    private static void row(PrintStream out, String what, long[] nanos) {
        double seconds = Arrays.stream(nanos).sum() / 1e9;
        Arrays.sort(nanos);
        out.printf(
                Locale.ROOT,
                "%-28s %8d %10.0f %8.2f %8.2f%n",
                what,
                nanos.length,
                nanos.length / seconds,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6);
    }
}
