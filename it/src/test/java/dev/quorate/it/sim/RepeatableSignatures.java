package dev.quorate.it.sim;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;

/**
 * A provider of the Java cryptography architecture that signs for real, with nonces that follow from key and message (RFC
 * 6979), by Bouncy Castle; others verify. Random nonces give DER of other lengths from run to run, and a write that is
 * torn by chance would be torn elsewhere: a seed would not be one history.
 */
final class RepeatableSignatures extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "RepeatableSignatures";
    private static final String SIGNING = "org.bouncycastle.jcajce.provider.asymmetric.ec.SignatureSpi$ecDetDSA256";

    private RepeatableSignatures() {
        super(NAME, "1", "ECDSA with RFC 6979");
        putService(new Service(this, "Signature", "SHA256withECDSA", SIGNING, List.of(), Map.of()) {
            @Override
            public boolean supportsParameter(Object key) {
                return key instanceof PrivateKey secret && secret.getAlgorithm().equals("EC");
            }
        });
    }

    /** From now on this process signs with it. */
    static void install() {
        Security.insertProviderAt(new RepeatableSignatures(), 1);
    }

    /** Takes it out again. */
    static void remove() {
        Security.removeProvider(NAME);
    }
}
