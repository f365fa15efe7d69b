package dev.quorate.agent.tpm;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.host.credential.MadeCredential;
import dev.quorate.tpm.Tpm2Tools;
import dev.quorate.tpm.TpmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** This machine's TPM. One command at a time. */
public final class Tpm {
    private static final String HANDLE = Tpm2Tools.ATTESTATION_KEY;
    private static final String CERTIFICATE = "0x01c00002";
    private static final int SIZE_BYTES = 2;

    private final Tpm2Tools tools;

    private Tpm(Tpm2Tools tools) {
        this.tools = tools;
    }

    /**
     * Opens a TPM.
     *
     * @param tcti how to reach it, as {@code TPM2TOOLS_TCTI} has it
     * @param directory for the files that commands read and write; nothing secret stays in it
     */
    public static Tpm open(String tcti, Path directory) throws IOException {
        return new Tpm(new Tpm2Tools(tcti, Files.createDirectories(directory)));
    }

    /** The endorsement certificate that its maker put there, DER. */
    public synchronized byte[] endorsementCertificate() throws IOException, InterruptedException {
        tools.run("tpm2_nvread", CERTIFICATE, "-o", "ek.der");
        return unpadded(read("ek.der"));
    }

    /** An index may be longer than the certificate in it; DER says its own length. */
    private static byte[] unpadded(byte[] der) {
        boolean longForm = der.length > 4 && der[0] == 0x30 && (der[1] & 0xff) == 0x82;
        int length = longForm ? 4 + ((der[2] & 0xff) << 8 | der[3] & 0xff) : der.length;
        return Arrays.copyOf(der, Math.min(length, der.length));
    }

    /** The attestation key, which is made if there is none yet. */
    public synchronized AttestationKey attestationKey() throws IOException, InterruptedException {
        if (!tools.tries("tpm2_readpublic", "-c", HANDLE, "-f", "tss", "-o", "ak.pub")) {
            endorsementKey();
            tools.run("tpm2_createak", "-C", "ek.ctx", "-c", "ak.ctx", "-G", "ecc", "-g", "sha256", "-s", "ecdsa");
            tools.run("tpm2_evictcontrol", "-C", "o", "-c", "ak.ctx", HANDLE);
            tools.run("tpm2_readpublic", "-c", HANDLE, "-f", "tss", "-o", "ak.pub");
        }
        byte[] sized = read("ak.pub");
        try {
            return AttestationKey.of(Arrays.copyOfRange(sized, Math.min(SIZE_BYTES, sized.length), sized.length));
        } catch (IllegalArgumentException e) {
            throw new TpmException("the key at the handle " + HANDLE + " " + e.getMessage()
                    + "; evict it with tpm2_evictcontrol if it is not needed");
        }
    }

    /**
     * Reads a credential that was made for this TPM and its attestation key.
     *
     * @throws TpmException if it was made for another
     */
    public synchronized byte[] activate(MadeCredential credential) throws IOException, InterruptedException {
        Files.write(path("credential"), credential.toolsFile());
        endorsementKey();
        tools.run("tpm2_startauthsession", "--policy-session", "-S", "session.ctx");
        try {
            tools.run("tpm2_policysecret", "-S", "session.ctx", "-c", "e");
            tools.run(
                    "tpm2_activatecredential",
                    "-c",
                    HANDLE,
                    "-C",
                    "ek.ctx",
                    "-i",
                    "credential",
                    "-o",
                    "secret",
                    "-P",
                    "session:session.ctx");
            return read("secret");
        } finally {
            tools.tries("tpm2_flushcontext", "session.ctx");
            Files.deleteIfExists(path("secret"));
        }
    }

    /**
     * Quotes registers of the SHA-256 bank with the attestation key.
     *
     * @param data qualifying data
     */
    public synchronized Quoted quote(Sha256 data, SortedSet<Integer> pcrs) throws IOException, InterruptedException {
        AttestationKey key = attestationKey();
        String selection = "sha256:" + pcrs.stream().map(String::valueOf).collect(Collectors.joining(","));
        tools.run(
                "tpm2_quote",
                "-c",
                HANDLE,
                "-l",
                selection,
                "-q",
                data.hex(),
                "-g",
                "sha256",
                "-m",
                "quote",
                "-s",
                "signature",
                "-o",
                "pcrs",
                "-F",
                "values");
        byte[] values = read("pcrs");
        if (values.length != Sha256.LENGTH * pcrs.size()) {
            throw new TpmException("the TPM quoted other registers than " + selection + "; has it a SHA-256 bank?");
        }
        SortedMap<Integer, Sha256> registers = new TreeMap<>();
        int at = 0;
        for (int pcr : pcrs) {
            registers.put(pcr, Sha256.ofDigest(Arrays.copyOfRange(values, at, at + Sha256.LENGTH)));
            at += Sha256.LENGTH;
        }
        return new Quoted(key.key(), Octets.of(read("quote")), Octets.of(read("signature")), registers);
    }

    /**
     * What the TPM said.
     *
     * @param ak that signed it
     * @param quote TPMS_ATTEST
     * @param signature TPMT_SIGNATURE
     * @param pcrs values of the registers when they were quoted
     */
    public record Quoted(P256Key ak, Octets quote, Octets signature, SortedMap<Integer, Sha256> pcrs) {}

    private void endorsementKey() throws IOException, InterruptedException {
        tools.run("tpm2_createek", "-c", "ek.ctx", "-G", "rsa", "-u", "ek.pub");
    }

    private byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    private Path path(String name) {
        return tools.directory().resolve(name);
    }
}
