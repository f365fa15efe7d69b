package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.snp.ReportEntry;
import dev.quorate.agent.snp.SnpException;
import dev.quorate.digest.Sha256;
import dev.quorate.fixture.SoftSnp;
import dev.quorate.host.HostReport;
import dev.quorate.trust.DerCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent asks of configfs-tsm, and what it takes for an answer. No processor is here that could be asked. */
@Timeout(120)
final class ReportEntryTest {
    private static final Sha256 BINDING = Sha256.of("binding");

    @TempDir
    Path directory;

    private static void refused(ReportEntry entry, String reason) {
        var refusal = assertThrows(SnpException.class, () -> entry.over(BINDING));
        assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
    }

    @Test
    void theReportIsOverTheBindingAndZeros() throws Exception {
        try (PlayedTsm tsm = PlayedTsm.make(directory.resolve("entry"), new SoftSnp(0xc1))) {
            var entry = new ReportEntry(tsm.entry, List.of());
            HostReport.SevSnp report = entry.over(BINDING);
            byte[] data = Arrays.copyOfRange(report.report().bytes(), 0x50, 0x90);
            assertArrayEquals(Arrays.copyOf(BINDING.bytes(), 64), data);
            assertEquals(2, report.certificates().size());
            assertEquals("c1".repeat(64), entry.chip().toString());
        }
    }

    @Test
    void aHostWithoutCertificatesLeavesThemToItsUser() throws Exception {
        try (PlayedTsm tsm = PlayedTsm.make(directory.resolve("entry"), new SoftSnp(0xc1))) {
            List<DerCertificate> given =
                    new ReportEntry(tsm.entry, List.of()).over(BINDING).certificates();
            tsm.table(new byte[0]);
            refused(new ReportEntry(tsm.entry, List.of()), "fetch them from AMD");
            assertEquals(given, new ReportEntry(tsm.entry, given).over(BINDING).certificates());
        }
    }

    @Test
    void aReportThatMayBeSomebodyElsesIsNotTaken() throws Exception {
        try (PlayedTsm tsm = PlayedTsm.make(directory.resolve("entry"), new SoftSnp(0xc1))) {
            tsm.contended(1);
            refused(new ReportEntry(tsm.entry, List.of()), "another program uses");
        }
    }

    @Test
    void whatIsNoSuchVmSaysSo() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        refused(new ReportEntry(file.resolve("entry"), List.of()), "cannot be used");
        refused(new ReportEntry(directory.resolve("empty"), List.of()), "a VM under AMD SEV-SNP has it");
        Path other = Files.createDirectory(directory.resolve("tdx"));
        Files.writeString(other.resolve("provider"), "tdx_guest\n");
        refused(new ReportEntry(other, List.of()), "another kind of confidential VM");
    }

    @Test
    void aTableThatLiesOutsideOfItselfIsRefused() throws Exception {
        Path entry = Files.createDirectory(directory.resolve("entry"));
        Files.writeString(entry.resolve("provider"), "sev_guest\n");
        Files.writeString(entry.resolve("generation"), "none\n");
        refused(new ReportEntry(entry, List.of()), "does not count its writes");
        for (String bad : List.of("11".repeat(24), "11".repeat(20) + "ffffffff" + "00".repeat(24), "11".repeat(5))) {
            byte[] table = HexFormat.of().parseHex(bad);
            try (PlayedTsm tsm = PlayedTsm.make(directory.resolve("e" + table.length), new SoftSnp(0xc1))) {
                tsm.table(table);
                refused(new ReportEntry(tsm.entry, List.of()), "has not its form");
            }
        }
    }
}
