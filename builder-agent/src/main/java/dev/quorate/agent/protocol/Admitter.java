package dev.quorate.agent.protocol;

import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.Nonce;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;

/** Shows a coordinator in which state a host is, and gets a certificate for it. */
public record Admitter(Wire wire) {
    private static final Wire.Bounds BOUNDS = new Wire.Bounds(Duration.ofSeconds(30), 64 * 1024);
    private static final Set<Integer> OK = Set.of(200);

    /** What evidence has to be made for. */
    public Nonce nonce() throws CoordinatorException, InterruptedException {
        return wire.send(wire.post("v1/enrol/nonce", Json.object().build()), BOUNDS, OK)
                .read(fields -> fields.string("nonce", Nonce::parse));
    }

    /**
     * Shows evidence.
     *
     * @param key that it is about, and that signed it
     * @return the certificate of that key
     * @throws RefusedException if the evidence is refused; the message says why
     */
    public X509Certificate admit(P256Key key, Envelope evidence) throws CoordinatorException, InterruptedException {
        Json.Obj shown = Json.object()
                .put("key", key.toString())
                .put("envelope", evidence.json())
                .build();
        return wire.send(wire.post("v1/enrol", shown), BOUNDS, OK).read(Admitter::certificate);
    }

    private static X509Certificate certificate(Fields fields) throws MalformedException {
        byte[] der = fields.string("certificate", Base64Text::decode);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw fields.wrong("certificate", "is not an X.509 certificate");
        }
    }
}
