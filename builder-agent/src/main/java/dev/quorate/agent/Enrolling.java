package dev.quorate.agent;

import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.PinnedCertificates;
import dev.quorate.agent.identity.SigningKey;
import dev.quorate.agent.identity.UnusableFileException;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.Enroller;
import dev.quorate.agent.protocol.Wire;
import dev.quorate.agent.snp.SnpException;
import dev.quorate.agent.tpm.Tpm;
import dev.quorate.dsse.Signer;
import dev.quorate.host.HostRecord;
import dev.quorate.json.Json;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.ChipId;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;

/** {@code agent --enrol}: proves to the coordinator which TPM this machine has, or says which AMD processor. */
final class Enrolling {
    private Enrolling() {}

    /** Needs nobody: which processor it is, and that it is AMD's, every round's report proves again. */
    private static Json.Obj chip(BuilderId builder, SnpConfig snp)
            throws ConfigurationException, UnusableFileException {
        try {
            ChipId chip = SnpEntry.of(snp).chip();
            return new HostRecord.SevSnp(builder, chip).json();
        } catch (SnpException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /**
     * Enrols this machine under the builder's name.
     *
     * @return the record that root key holders import
     * @throws ConfigurationException if there is no TPM in the configuration, or the coordinator refuses
     */
    static Json.Obj run(AgentConfig config)
            throws ConfigurationException, UnusableFileException, IOException, InterruptedException {
        if (config.sevSnp().isPresent()) {
            return chip(config.builder(), config.sevSnp().get());
        }
        String tcti = config.tcti()
                .orElseThrow(
                        () -> new ConfigurationException(
                                "the configuration names no TPM; add tpm: {tcti: \"device:/dev/tpmrm0\"}, or sevSnp: {} in a confidential VM"));
        Tpm tpm = Tpm.open(tcti, config.directory().resolve("tpm"));
        // A builder that the trust root knows by its key shows it; the name is not a stranger's to take.
        Optional<Signer> signer =
                Files.exists(config.key()) ? Optional.of(SigningKey.read(config.key())) : Optional.empty();
        try (Connections connections = Connections.open(
                config.builder(),
                signer,
                PinnedCertificates.read(config.coordinatorCertificate()),
                Clock.systemUTC())) {
            return new Enroller(new Wire(connections::client, config.coordinator()))
                    .enrol(
                            config.builder(),
                            tpm.endorsementCertificate(),
                            tpm.attestationKey().area(),
                            tpm::activate);
        } catch (CoordinatorException e) {
            throw new ConfigurationException("not enrolled: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("the signing key cannot be used: " + e.getMessage());
        }
    }
}
