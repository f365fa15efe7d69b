package dev.quorate.key;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import dev.quorate.tpm.Scratch;
import dev.quorate.tpm.Tpm2Tools;
import dev.quorate.tpm.TpmException;
import dev.quorate.tpm.TpmTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A TPM's word on a key that it keeps, each structure without the length before it.
 *
 * @param attestationKey TPMT_PUBLIC of the key that signed the certification
 * @param publicArea TPMT_PUBLIC of the certified key
 * @param certification TPMS_ATTEST, as TPM2_Certify returns it
 * @param signature TPMT_SIGNATURE
 * @param pcrs what the registers of the key's policy hold now
 */
public record CertifiedKey(
        byte[] attestationKey,
        byte[] publicArea,
        byte[] certification,
        byte[] signature,
        SortedMap<Integer, Sha256> pcrs) {
    private static final int SIZE_BYTES = 2;

    static CertifiedKey of(String name, SealedBlobs sealed) throws UnusableKeyException, InterruptedException {
        try (var scratch = new Scratch();
                var _ = TpmTurn.take(sealed.tcti())) {
            Path directory = scratch.directory();
            var tools = new Tpm2Tools(sealed.tcti(), directory);
            KeyInTpm.load(tools, sealed);
            if (!tools.tries("tpm2_readpublic", "-c", Tpm2Tools.ATTESTATION_KEY, "-f", "tss", "-o", "ak.pub")) {
                throw new UnusableKeyException(Printable.of(name)
                        + ": its TPM has no attestation key; enrol the machine with: quorate agent --enrol");
            }
            tools.run(
                    "tpm2_certify",
                    "-C",
                    Tpm2Tools.ATTESTATION_KEY,
                    "-c",
                    "key.ctx",
                    "-g",
                    "sha256",
                    "-o",
                    "certification",
                    "-s",
                    "signature");
            tools.run("tpm2_pcrread", sealed.pcrs().toString(), "-o", "values");
            return new CertifiedKey(
                    unsized(Files.readAllBytes(directory.resolve("ak.pub"))),
                    unsized(sealed.publicBlob()),
                    Files.readAllBytes(directory.resolve("certification")),
                    Files.readAllBytes(directory.resolve("signature")),
                    values(sealed.pcrs(), Files.readAllBytes(directory.resolve("values"))));
        } catch (TpmException e) {
            throw new UnusableKeyException(
                    Printable.of(name) + ": the TPM does not certify the key: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableKeyException("there is no room for the TPM's files", e);
        }
    }

    private static byte[] unsized(byte[] sized) {
        return Arrays.copyOfRange(sized, Math.min(SIZE_BYTES, sized.length), sized.length);
    }

    private static SortedMap<Integer, Sha256> values(Pcrs pcrs, byte[] all) throws TpmException {
        if (all.length != Sha256.LENGTH * pcrs.numbers().size()) {
            throw new TpmException("it reads other registers than " + pcrs + "; has it a SHA-256 bank?");
        }
        SortedMap<Integer, Sha256> values = new TreeMap<>();
        int at = 0;
        for (int pcr : pcrs.numbers()) {
            values.put(pcr, Sha256.ofDigest(Arrays.copyOfRange(all, at, at + Sha256.LENGTH)));
            at += Sha256.LENGTH;
        }
        return values;
    }
}
