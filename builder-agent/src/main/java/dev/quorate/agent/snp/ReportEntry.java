package dev.quorate.agent.snp;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.host.HostReport;
import dev.quorate.trust.ChipId;
import dev.quorate.trust.DerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * This agent's own entry of configfs-tsm. One report at a time.
 *
 * @param directory the entry; made if it is not there, which makes Linux fill it
 * @param certificates the processor's own (VCEK), then those up to below the maker's root, for a host that gives none
 */
public record ReportEntry(Path directory, List<DerCertificate> certificates) {
    private static final String PROVIDER = "sev_guest";
    private static final int DATA = 64;
    private static final int REPORT = 0x4a0;
    private static final int CHIP = 0x1a0;
    private static final int LONGEST = 32 * 1024;
    private static final int TRIES = 3;

    public ReportEntry {
        certificates = List.copyOf(certificates);
    }

    /**
     * Makes sure that this machine can be asked.
     *
     * @throws SnpException if it is no such VM, or this user may not ask
     */
    public void require() throws SnpException {
        try {
            Files.createDirectories(directory);
            String provider = text("provider");
            if (!provider.equals(PROVIDER)) {
                throw new SnpException(directory
                        + " is for another kind of confidential VM than AMD SEV-SNP, its provider is not " + PROVIDER);
            }
        } catch (SnpException e) {
            throw e;
        } catch (IOException e) {
            throw new SnpException(directory + " cannot be used: " + reason(e)
                    + "; a VM under AMD SEV-SNP has it (Linux 6.7 or later, modprobe sev-guest, configfs mounted),"
                    + " and root may make it and give it to this user");
        }
    }

    /** The processor that this VM runs on now. */
    public synchronized ChipId chip() throws SnpException {
        byte[] report = report(new byte[DATA]).report();
        try {
            return ChipId.of(Arrays.copyOfRange(report, CHIP, CHIP + ChipId.LENGTH));
        } catch (IllegalArgumentException e) {
            throw new SnpException("the host hides which processor this is (the report's CHIP_ID is masked)");
        }
    }

    /** A report over a binding. */
    public synchronized HostReport.SevSnp over(Sha256 binding) throws SnpException {
        Blobs blobs = report(Arrays.copyOf(binding.bytes(), DATA));
        List<DerCertificate> path = CertificateTable.read(blobs.table()).orElse(certificates);
        if (path.isEmpty()) {
            throw new SnpException("the host gives no certificates of its processor; fetch them from AMD (VCEK and ASK)"
                    + " and name the file under sevSnp: certificates");
        }
        return new HostReport.SevSnp(Octets.of(blobs.report()), path);
    }

    private record Blobs(byte[] report, byte[] table) {}

    private Blobs report(byte[] data) throws SnpException {
        require();
        try {
            for (int i = 0; i < TRIES; i++) {
                long before = generation();
                long writes = ask(data);
                var blobs = new Blobs(bytes("outblob"), exists("auxblob") ? bytes("auxblob") : new byte[0]);
                // Whoever else wrote may have got the report over their data into our hands.
                if (generation() == before + writes) {
                    return whole(blobs);
                }
            }
        } catch (SnpException e) {
            throw e;
        } catch (IOException e) {
            throw new SnpException("the processor gives no report, see the kernel's log: " + reason(e));
        }
        throw new SnpException("another program uses " + directory + "; give this agent an entry of its own");
    }

    private static Blobs whole(Blobs blobs) throws SnpException {
        if (blobs.report().length != REPORT) {
            throw new SnpException("the processor's report has " + blobs.report().length + " bytes, not " + REPORT);
        }
        return blobs;
    }

    /** How often it wrote. */
    private long ask(byte[] data) throws IOException {
        long writes = 1;
        if (exists("privlevel_floor") && !text("privlevel_floor").equals("0")) {
            write("privlevel", text("privlevel_floor").getBytes(StandardCharsets.US_ASCII));
            writes++;
        }
        write("inblob", data);
        return writes;
    }

    private long generation() throws IOException {
        String text = text("generation");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new SnpException(directory + " does not count its writes");
        }
    }

    private boolean exists(String name) {
        return Files.exists(directory.resolve(name));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes, StandardOpenOption.WRITE);
    }

    private String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.US_ASCII).strip();
    }

    private byte[] bytes(String name) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            return in.readNBytes(LONGEST);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
