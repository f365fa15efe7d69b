package dev.quorate.agent;

import dev.quorate.agent.identity.PemFile;
import dev.quorate.agent.identity.UnusableFileException;
import dev.quorate.agent.snp.ReportEntry;
import dev.quorate.trust.DerCertificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The entry of configfs-tsm that a configuration names. */
final class SnpEntry {
    private SnpEntry() {}

    static ReportEntry of(SnpConfig config) throws ConfigurationException, UnusableFileException {
        List<DerCertificate> certificates = new ArrayList<>();
        if (config.certificates().isPresent()) {
            Path file = config.certificates().get();
            for (byte[] der : PemFile.read(file, "CERTIFICATE")) {
                try {
                    certificates.add(DerCertificate.of(der));
                } catch (IllegalArgumentException e) {
                    throw new ConfigurationException(file + ": holds something that is no certificate");
                }
            }
        }
        return new ReportEntry(config.entry(), certificates);
    }
}
