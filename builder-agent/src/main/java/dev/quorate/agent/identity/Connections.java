package dev.quorate.agent.identity;

import dev.quorate.dsse.Signer;
import dev.quorate.round.BuilderId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** HTTP clients that show this builder's certificate. A new one with a new key takes over before the old one expires. */
public final class Connections implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final BuilderId builder;
    private final Optional<Signer> signer;
    private final PinnedCertificates coordinator;
    private final InstantSource clock;
    private HttpClient client;
    private Instant renewal;

    private Connections(
            BuilderId builder, Optional<Signer> signer, PinnedCertificates coordinator, InstantSource clock) {
        this.builder = builder;
        this.signer = signer;
        this.coordinator = coordinator;
        this.clock = clock;
    }

    /**
     * Makes the first client.
     *
     * @throws UnusableFileException if the pinned certificate cannot be used
     * @throws GeneralSecurityException if the signing key cannot be used
     */
    public static Connections open(
            BuilderId builder, Signer signer, PinnedCertificates coordinator, InstantSource clock)
            throws GeneralSecurityException, UnusableFileException {
        return open(builder, Optional.of(signer), coordinator, clock);
    }

    /**
     * The same, or without a signing key a client that shows no certificate.
     *
     * @throws UnusableFileException if the pinned certificate cannot be used
     * @throws GeneralSecurityException if the signing key cannot be used
     */
    public static Connections open(
            BuilderId builder, Optional<Signer> signer, PinnedCertificates coordinator, InstantSource clock)
            throws GeneralSecurityException, UnusableFileException {
        var connections = new Connections(builder, signer, coordinator, clock);
        connections.renew();
        return connections;
    }

    /**
     * Clients that show a certificate that somebody else issued, and never another.
     *
     * @throws UnusableFileException if the pinned certificate cannot be used
     * @throws GeneralSecurityException if key or certificate cannot be used
     */
    public static Connections showing(
            BuilderId builder, PrivateKey key, X509Certificate certificate, PinnedCertificates coordinator)
            throws GeneralSecurityException, UnusableFileException {
        var connections = new Connections(builder, Optional.empty(), coordinator, InstantSource.system());
        connections.show(Optional.of(new ClientCertificate(key, certificate, Instant.MAX)));
        return connections;
    }

    /**
     * The client to use for the next request.
     *
     * @throws IOException if the certificate is due and cannot be renewed
     */
    public synchronized HttpClient client() throws IOException {
        if (!clock.instant().isBefore(renewal)) {
            try {
                HttpClient old = client;
                renew();
                // Requests under way finish; a connection that stayed would show the old certificate for ever.
                old.shutdown();
            } catch (GeneralSecurityException | UnusableFileException e) {
                throw new IOException("the client certificate cannot be renewed: " + e.getMessage(), e);
            }
        }
        return client;
    }

    private void renew() throws GeneralSecurityException, UnusableFileException {
        show(
                signer.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ClientCertificate.make(builder, signer.get(), clock.instant())));
    }

    private void show(Optional<ClientCertificate> own) throws GeneralSecurityException, UnusableFileException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                own.isEmpty() ? new KeyManager[0] : keyManagers(own.get()),
                new TrustManager[] {coordinator.trustManager()},
                null);
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        client = HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
        renewal = own.map(ClientCertificate::renewal).orElse(Instant.MAX);
    }

    private static KeyManager[] keyManagers(ClientCertificate own) throws GeneralSecurityException {
        char[] password = "in memory".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store could not be made", e);
        }
        store.setKeyEntry("tls", own.key(), password, new Certificate[] {own.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    @Override
    public synchronized void close() {
        client.shutdownNow();
    }
}
