package dev.quorate.agent.identity;

import dev.quorate.dsse.Signer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/** Lets a builder's signing key, wherever it lives, sign a certificate. */
record EcdsaContentSigner(Signer signer, ByteArrayOutputStream content) implements ContentSigner {
    EcdsaContentSigner(Signer signer) {
        this(signer, new ByteArrayOutputStream());
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            return signer.sign(content.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new RuntimeOperatorException("the signing key cannot be used", e);
        }
    }
}
