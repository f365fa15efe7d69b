package dev.quorate.it.sim;

import dev.quorate.trust.DerCertificate;
import java.security.KeyPair;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Issues endorsement certificates, really signed and each time the same. */
final class Endorsements {
    private static final KeyPair ROOT = SeededKeys.pair(91);
    private static final X500Name MAKER = new X500Name("CN=Maker");
    private static final KeyPurposeId ENDORSEMENT = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.1"));

    private Endorsements() {}

    static DerCertificate root() {
        return issue(MAKER, ROOT, Optional.empty());
    }

    static DerCertificate of(long number) {
        return issue(new X500Name("CN=TPM " + number), SeededKeys.pair(number), Optional.of(ENDORSEMENT));
    }

    private static DerCertificate issue(X500Name name, KeyPair keys, Optional<KeyPurposeId> purpose) {
        return Issuer.der(Issuer.issue(MAKER, ROOT, name, keys, purpose));
    }
}
