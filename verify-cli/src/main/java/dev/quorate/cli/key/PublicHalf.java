package dev.quorate.cli.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KeyAgreement;

/**
 * Finds the public key of a private one with the JDK alone: a Diffie-Hellman agreement with the curve's base point gives
 * the public point's x, and of its two y only one verifies what the private key signs.
 */
final class PublicHalf {
    private PublicHalf() {}

    static PublicKey of(ECPrivateKey key) throws GeneralSecurityException {
        ECParameterSpec curve = key.getParams();
        var base = new ECPublicKeySpec(curve.getGenerator(), curve);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(base), true);
        var x = new BigInteger(1, agreement.generateSecret());

        BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger square = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB())
                .mod(prime);
        // P-256's prime is 3 modulo 4, so this power is a square root.
        BigInteger y = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
        for (BigInteger candidate : new BigInteger[] {y, prime.subtract(y)}) {
            PublicKey half =
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, candidate), curve));
            if (belong(key, half)) {
                return half;
            }
        }
        throw new GeneralSecurityException("the private key has no public half");
    }

    private static boolean belong(ECPrivateKey key, PublicKey half) throws GeneralSecurityException {
        byte[] probe = {1};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(half);
        signature.update(probe);
        return signature.verify(signed);
    }
}
