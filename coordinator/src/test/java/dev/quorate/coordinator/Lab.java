package dev.quorate.coordinator;

import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.log.Witness;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.export.Functionary;
import dev.quorate.fixture.SoftSnp;
import dev.quorate.intoto.Subject;
import dev.quorate.log.NoteKey;
import dev.quorate.policy.Policy;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Submission;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Profile;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.SnpProfile;
import dev.quorate.trust.SnpTcb;
import dev.quorate.trust.TimeAuthority;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** A coordinator with its trust root, a maintainer, and keys for builders b1, b2, … of which one is revoked. */
public final class Lab implements AutoCloseable {
    /** A builder that the trust root revokes. */
    public static final BuilderId REVOKED = new BuilderId("revoked");

    public final Map<BuilderId, KeyPair> builders = new TreeMap<>();
    /** With which each builder signs links. */
    public final Map<BuilderId, Functionary> links = new TreeMap<>();

    public final KeyPair maintainer = KeyPairSigner.generate();
    public final SignedTrust trust;
    private final KeyPairSigner root = new KeyPairSigner(KeyPairSigner.generate());
    public final Config config;
    /** The server's certificate, in PEM. */
    public final Path certificate;

    private final X509Certificate server;
    private Coordinator coordinator;
    private final List<Client> clients = new ArrayList<>();

    /** Sets up witnesses of the log whose key it is given. */
    @FunctionalInterface
    public interface Witnessing {
        List<Witness> of(NoteKey log) throws Exception;
    }

    public Lab(Path directory, int count, String more) throws Exception {
        this(directory, count, more, log -> List.of());
    }

    public Lab(Path directory, int count, String more, Witnessing witnessing) throws Exception {
        this(directory, count, more, witnessing, List.of());
    }

    public Lab(Path directory, int count, String more, Witnessing witnessing, List<TimeAuthority> authorities)
            throws Exception {
        Path file = directory.resolve("coordinator.yaml");
        Files.writeString(
                file,
                "listen: 127.0.0.1:0\ndir: data\nname: quorate.example\ntrust: trust.json\npolicy: policy.yaml\nbuilders: "
                        + count + "\n" + more);
        Keys keys = Keys.openOrMake(Config.load(file), Instant.now());
        List<Witness> witnesses = witnessing.of(keys.log().key());
        for (Witness witness : witnesses) {
            String entry = (witness == witnesses.getFirst() ? "witnesses:\n" : "") + "  - {url: \"" + witness.prefix()
                    + "\", key: \"" + witness.key().vkey() + "\"}\n";
            Files.writeString(file, entry, StandardOpenOption.APPEND);
        }
        Files.writeString(
                directory.resolve("policy.yaml"),
                "threshold: " + count + "\ndistinct: {zone: 2}\nhosts: none\ndissent: blocks\nwitnesses: "
                        + witnesses.size() + "\nfreshness: 90d\n");
        config = Config.load(file);
        for (int i = 1; i <= count; i++) {
            builders.put(new BuilderId("b" + i), KeyPairSigner.generate());
        }
        builders.put(REVOKED, KeyPairSigner.generate());
        for (BuilderId id : builders.keySet()) {
            links.put(
                    id, new Functionary(KeyPairGenerator.getInstance("Ed25519").generateKeyPair()));
        }
        trust = trust(keys, witnesses.stream().map(Witness::key).toList(), authorities);
        Files.write(directory.resolve("trust.json"), trust.bytes());
        certificate = keys.tls().certificate();
        try (var in = Files.newInputStream(certificate)) {
            server = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(in.readAllBytes()));
        }
        start();
    }

    private SignedTrust trust(Keys keys, List<NoteKey> witnesses, List<TimeAuthority> authorities) throws Exception {
        Instant past = Instant.parse("2026-01-01T00:00:00Z");
        List<TrustedBuilder> trusted = new ArrayList<>();
        builders.forEach((id, pair) -> trusted.add(new TrustedBuilder(
                        id,
                        "operator-" + id,
                        "zone-" + trusted.size(),
                        "vendor",
                        List.of(new TimedKey(P256Key.of(pair.getPublic()), past, Optional.empty())))
                .with(links.get(id).key().key())));
        var trustRoot = new TrustRoot(
                1,
                Instant.now().plus(Duration.ofDays(300)),
                new RootKeys(1, List.of(new RootKey("root", root.publicKey()))),
                trusted,
                List.of(new Principal(
                        "quorate.example",
                        List.of(new TimedKey(keys.certifier().publicKey(), past, Optional.empty())))),
                List.of(new Principal(
                        "jane", List.of(new TimedKey(P256Key.of(maintainer.getPublic()), past, Optional.empty())))),
                List.of(keys.log().key()),
                witnesses,
                List.of(new Revocation(Revocation.Kind.BUILDER, REVOKED.text(), past, "a test")));
        return SignedTrust.unsigned(
                        trustRoot.edit().timeAuthorities(authorities).done())
                .sign(root);
    }

    /** The version after that one, with more revocations, signed. */
    public SignedTrust after(SignedTrust last, Revocation... more) throws Exception {
        TrustRoot t = last.trust();
        List<Revocation> revocations = new ArrayList<>(t.revocations());
        revocations.addAll(List.of(more));
        return SignedTrust.unsigned(t.edit()
                        .version(t.version() + 1)
                        .revocations(revocations)
                        .done())
                .sign(root);
    }

    /** The version after the first, with a host for some builders, signed. */
    public SignedTrust hosting(HostTrust judged, Map<BuilderId, TrustedHost> hosts) throws Exception {
        TrustRoot t = after(trust).trust();
        List<TrustedBuilder> with = t.builders().stream()
                .map(builder -> builder.with(
                        hosts.containsKey(builder.id()) ? List.of(hosts.get(builder.id())) : List.<TrustedHost>of()))
                .toList();
        return SignedTrust.unsigned(t.edit().builders(with).hostTrust(judged).done())
                .sign(root);
    }

    /** The version after that one, in which a builder has no host, signed. */
    public SignedTrust hostless(SignedTrust last, BuilderId builder) throws Exception {
        return withHosts(last, builder, List.of(), last.trust().hostTrust());
    }

    /** The version after that one, in which a builder is on a processor with SEV-SNP, signed. */
    public SignedTrust confidential(SignedTrust last, BuilderId builder, TrustedHost chip) throws Exception {
        HostTrust before = last.trust().hostTrust();
        List<Maker> makers = new ArrayList<>(before.makers());
        makers.add(new Maker("amd", List.of(SoftSnp.ark())));
        List<Profile> profiles = new ArrayList<>(before.profiles());
        profiles.add(new SnpProfile("s", List.of(SoftSnp.LAUNCH), SnpTcb.ANY, 0));
        return withHosts(last, builder, List.of(chip), new HostTrust(makers, profiles));
    }

    private SignedTrust withHosts(SignedTrust last, BuilderId builder, List<TrustedHost> hosts, HostTrust judged)
            throws Exception {
        TrustRoot t = after(last).trust();
        List<TrustedBuilder> changed = t.builders().stream()
                .map(b -> b.id().equals(builder)
                        ? new TrustedBuilder(
                                b.id(),
                                b.operator(),
                                b.zone(),
                                hosts.isEmpty() ? b.cpuVendor() : "amd",
                                b.keys(),
                                b.linkKey(),
                                hosts,
                                b.identities())
                        : b)
                .toList();
        return SignedTrust.unsigned(t.edit().builders(changed).hostTrust(judged).done())
                .sign(root);
    }

    /** The version after that one, with these maintainers and Sigstore roots, signed. */
    public SignedTrust after(SignedTrust last, List<Principal> maintainers, List<SigstoreRoot> roots) throws Exception {
        return SignedTrust.unsigned(after(last)
                        .trust()
                        .edit()
                        .maintainers(maintainers)
                        .sigstoreRoots(roots)
                        .done())
                .sign(root);
    }

    /** The version after that one, with these builders and Sigstore roots, signed. */
    public SignedTrust building(SignedTrust last, List<TrustedBuilder> others, List<SigstoreRoot> roots)
            throws Exception {
        return SignedTrust.unsigned(after(last)
                        .trust()
                        .edit()
                        .builders(others)
                        .sigstoreRoots(roots)
                        .done())
                .sign(root);
    }

    /** The version after that one, which no longer names a builder, signed. */
    public SignedTrust without(SignedTrust last, BuilderId builder) throws Exception {
        TrustRoot t = last.trust();
        return SignedTrust.unsigned(t.edit()
                        .version(t.version() + 1)
                        .builders(t.builders().stream()
                                .filter(b -> !b.id().equals(builder))
                                .toList())
                        .done())
                .sign(root);
    }

    /** What SIGHUP does. */
    public void hangUp() {
        coordinator.reloadTrust();
    }

    public void start() throws Exception {
        start(Clock.systemUTC());
    }

    /** Starts it with a clock of its own. */
    public void start(Clock clock) throws Exception {
        coordinator = Coordinator.start(config, clock);
    }

    public void stop() {
        coordinator.close();
    }

    public int port() {
        return coordinator.port();
    }

    public Policy policy() throws Exception {
        return Policy.parse(Files.readAllBytes(config.policy()), "policy");
    }

    public Client anonymous() throws Exception {
        return client(TestCertificates.anonymous(server));
    }

    public Client as(BuilderId builder) throws Exception {
        return as(builder.text(), builders.get(builder), Instant.now().minusSeconds(60));
    }

    public Client as(String name, KeyPair signing, Instant from) throws Exception {
        KeyPair tls = KeyPairSigner.generate();
        X509Certificate certificate = TestCertificates.certificate(name, signing, tls, from, Duration.ofHours(2));
        return client(TestCertificates.context(server, tls, certificate));
    }

    /** Shows a certificate that somebody issued. */
    public Client showing(KeyPair key, X509Certificate issued) throws Exception {
        return client(TestCertificates.context(server, key, issued));
    }

    private Client client(SSLContext tls) {
        Client client = Client.of(tls, port());
        clients.add(client);
        return client;
    }

    /** A spec whose one input is these bytes. */
    public static RebuildSpec spec(String name, byte[] input) throws Exception {
        return spec(name, "1.0", input);
    }

    /** The same of a version. */
    public static RebuildSpec spec(String name, String version, byte[] input) throws Exception {
        String yaml = """
                format: quorate/rebuild/v1
                name: %s
                version: "%s"
                platform: linux/amd64
                environment: {debian: bookworm}
                sources:
                  - inline: hello.c
                    text: hello
                build: {kind: script, directory: /build/hello, script: make}
                outputs: [hello]
                limits: {time: 20m, memory: 2GiB, disk: 1MiB, log: 1MiB}
                locked:
                  - {role: source, path: hello.tar, from: "https://example.org/hello.tar", size: %d, sha256: %s}
                """.formatted(
                name, version, input.length, dev.quorate.digest.Sha256.of(input).hex());
        return RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "spec");
    }

    public Envelope submission(RebuildSpec spec, List<Subject> claims) throws Exception {
        return Envelope.sign(new Submission(spec, claims).statement().bytes(), new KeyPairSigner(maintainer));
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
        stop();
    }
}
