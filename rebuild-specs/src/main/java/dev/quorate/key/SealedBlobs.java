package dev.quorate.key;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.tpm.Scratch;
import dev.quorate.tpm.Tpm2Tools;
import dev.quorate.tpm.TpmException;
import dev.quorate.tpm.TpmTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a key's file says; see the package.
 *
 * @param publicBlob TPM2B_PUBLIC
 * @param privateBlob TPM2B_PRIVATE, encrypted by the TPM for itself
 */
record SealedBlobs(String tcti, Pcrs pcrs, ECPublicKey publicKey, byte[] publicBlob, byte[] privateBlob) {
    private static final String FORMAT = "quorate/tpm-key/v1";
    private static final int MAX_BYTES = 64 * 1024;

    static SealedBlobs parse(byte[] content) throws MalformedException {
        Fields fields = Fields.of(JsonReader.read(content, MAX_BYTES, "key"), "key");
        fields.literal("format", FORMAT);
        List<Integer> numbers = new ArrayList<>();
        if (fields.value("pcrs") instanceof Json.Arr array) {
            for (Json item : array.items()) {
                numbers.add(item instanceof Json.Num number ? (int) number.value() : -1);
            }
        }
        try {
            var sealed = new SealedBlobs(
                    fields.string("tcti"),
                    new Pcrs(numbers),
                    fields.string("key", text -> spki(decoded(text))),
                    fields.string("public", SealedBlobs::decoded),
                    fields.string("private", SealedBlobs::decoded));
            fields.end();
            return sealed;
        } catch (IllegalArgumentException e) {
            throw fields.wrong("pcrs", e.getMessage());
        }
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static ECPublicKey spki(byte[] der) {
        try {
            var key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            if (P256.holds(key)) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("must be a P-256 public key", e);
        }
        throw new IllegalArgumentException("must be a P-256 public key");
    }

    Json.Obj json() {
        List<Json> numbers = new ArrayList<>();
        pcrs.numbers().forEach(number -> numbers.add(new Json.Num(number)));
        Base64.Encoder base64 = Base64.getEncoder();
        return Json.object()
                .put("format", FORMAT)
                .put("key", base64.encodeToString(publicKey.getEncoded()))
                .put("pcrs", new Json.Arr(numbers))
                .put("private", base64.encodeToString(privateBlob))
                .put("public", base64.encodeToString(publicBlob))
                .put("tcti", tcti)
                .build();
    }

    /** tpm2_createpolicy would leave its session in the TPM, which has room for three. */
    private static void policy(Tpm2Tools tools, Pcrs pcrs) throws TpmException, InterruptedException {
        tools.run("tpm2_startauthsession", "-S", "session.ctx");
        try {
            tools.run("tpm2_policypcr", "-S", "session.ctx", "-l", pcrs.toString(), "-L", "policy");
        } finally {
            tools.tries("tpm2_flushcontext", "session.ctx");
        }
    }

    static SealedBlobs make(String tcti, Pcrs pcrs) throws UnusableKeyException, InterruptedException {
        try (var scratch = new Scratch();
                var _ = TpmTurn.take(tcti)) {
            Path directory = scratch.directory();
            var tools = new Tpm2Tools(tcti, directory);
            KeyInTpm.storageKey(tools);
            policy(tools, pcrs);
            tools.run(
                    "tpm2_create",
                    "-C",
                    "parent.ctx",
                    "-G",
                    "ecc256:ecdsa-sha256",
                    "-u",
                    "key.pub",
                    "-r",
                    "key.priv",
                    "-L",
                    "policy",
                    "-a",
                    "fixedtpm|fixedparent|sensitivedataorigin|sign");
            tools.run("tpm2_load", "-C", "parent.ctx", "-u", "key.pub", "-r", "key.priv", "-c", "key.ctx");
            tools.run("tpm2_readpublic", "-c", "key.ctx", "-f", "der", "-o", "key.der");
            return new SealedBlobs(
                    tcti,
                    pcrs,
                    spki(Files.readAllBytes(directory.resolve("key.der"))),
                    Files.readAllBytes(directory.resolve("key.pub")),
                    Files.readAllBytes(directory.resolve("key.priv")));
        } catch (TpmException e) {
            throw new UnusableKeyException("the TPM " + Printable.of(tcti) + " makes no key: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableKeyException("there is no room for the TPM's files", e);
        }
    }
}
