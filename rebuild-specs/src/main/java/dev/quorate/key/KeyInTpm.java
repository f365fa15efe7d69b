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
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;

/** A key that its TPM signs with. It is loaded for each signature, and nothing of it stays in the TPM. */
record KeyInTpm(String name, SealedBlobs sealed) implements OpenKey {
    @Override
    public ECPublicKey publicKey() {
        return sealed.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) throws UnusableKeyException {
        byte[] signed;
        boolean good;
        try (var scratch = new Scratch()) {
            try (var _ = TpmTurn.take(sealed.tcti())) {
                signed = sign(message, scratch.directory());
            }
            good = P256.verifies(publicKey(), message, signed);
        } catch (TpmException e) {
            throw refused(problem(e), e);
        } catch (IOException e) {
            throw refused("there is no room for the TPM's files", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("signing was interrupted", e);
        } catch (GeneralSecurityException e) {
            throw refused("the TPM gives a signature of another form", e);
        }
        if (!good) {
            throw refused("the TPM signs with another key than the file names", new GeneralSecurityException());
        }
        return signed;
    }

    private byte[] sign(byte[] message, Path directory) throws IOException, InterruptedException {
        Files.write(directory.resolve("digest"), Sha256.of(message).bytes());
        var tools = new Tpm2Tools(sealed.tcti(), directory);
        load(tools, sealed);
        tools.run("tpm2_startauthsession", "--policy-session", "-S", "session.ctx");
        try {
            tools.run("tpm2_policypcr", "-S", "session.ctx", "-l", sealed.pcrs().toString());
            tools.run(
                    "tpm2_sign",
                    "-c",
                    "key.ctx",
                    "-g",
                    "sha256",
                    "-d",
                    "-f",
                    "plain",
                    "-o",
                    "signature",
                    "-p",
                    "session:session.ctx",
                    "digest");
        } finally {
            tools.tries("tpm2_flushcontext", "session.ctx");
        }
        return Files.readAllBytes(directory.resolve("signature"));
    }

    /** Loads the key as {@code key.ctx}. */
    static void load(Tpm2Tools tools, SealedBlobs sealed) throws IOException, InterruptedException {
        Files.write(tools.directory().resolve("key.pub"), sealed.publicBlob());
        Files.write(tools.directory().resolve("key.priv"), sealed.privateBlob());
        storageKey(tools);
        tools.run("tpm2_load", "-C", "parent.ctx", "-u", "key.pub", "-r", "key.priv", "-c", "key.ctx");
    }

    /** The TPM makes the same one each time. */
    static void storageKey(Tpm2Tools tools) throws TpmException, InterruptedException {
        tools.run("tpm2_createprimary", "-C", "o", "-G", "ecc256:aes128cfb", "-c", "parent.ctx");
    }

    private String problem(TpmException e) {
        if (e.isPolicyRefused()) {
            return "the TPM does not sign: this machine is no longer in the state that the key is sealed to; one of the PCRs "
                    + sealed.pcrs() + " has changed since the key was made";
        }
        return "the TPM does not sign: " + e.getMessage();
    }

    private UnusableKeyException refused(String problem, Exception cause) {
        return new UnusableKeyException(Printable.of(name) + ": " + problem, cause);
    }

    /** Of the blobs nobody wants to read. */
    @Override
    public String toString() {
        return name;
    }
}
