package dev.quorate.agent.tpm;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.host.credential.MadeCredential;
import dev.quorate.tpm.Tpm2Tools;
import dev.quorate.tpm.TpmException;
import dev.quorate.tpm.TpmIdentity;
import dev.quorate.tpm.TpmTurn;
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

    private final Tpm2Tools tools;
    private final TpmIdentity identity;

    private Tpm(Tpm2Tools tools) {
        this.tools = tools;
        this.identity = new TpmIdentity(tools);
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
        return identity.endorsementCertificate();
    }

    /** The attestation key, which is made if there is none yet. */
    public synchronized AttestationKey attestationKey() throws IOException, InterruptedException {
        byte[] area = identity.attestationArea();
        try {
            return AttestationKey.of(area);
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
        return identity.activate(credential.toolsFile());
    }

    /**
     * Quotes registers of the SHA-256 bank with the attestation key.
     *
     * @param data qualifying data
     */
    public synchronized Quoted quote(Sha256 data, SortedSet<Integer> pcrs) throws IOException, InterruptedException {
        try (var _ = TpmTurn.take(tools.tcti())) {
            return quoted(data, pcrs);
        }
    }

    private Quoted quoted(Sha256 data, SortedSet<Integer> pcrs) throws IOException, InterruptedException {
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

    private byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    private Path path(String name) {
        return tools.directory().resolve(name);
    }
}
