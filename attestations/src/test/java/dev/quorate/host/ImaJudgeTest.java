package dev.quorate.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.trust.Tpm2Profile;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImaJudgeTest {
    private static final Sha256 BINDING = Sha256.of("binding");
    private static final Sha256 SHELL = Sha256.of("the shell");
    private static final Sha256 MAKE = Sha256.of("make");
    private static final Tpm2Profile PROFILE = new Tpm2Profile("p", List.of(), List.of(), false, List.of(SHELL, MAKE));
    private static final int[] PCRS = IntStream.rangeClosed(0, 10).toArray();

    private final SoftTpm tpm = new SoftTpm("ek1").measure(4, "kernel");

    private SoftTpm booted() {
        var values = new ByteArrayOutputStream();
        IntStream.range(0, 10).forEach(pcr -> values.writeBytes(tpm.pcr(pcr).bytes()));
        return tpm.use("boot_aggregate", Sha256.of(values.toByteArray()), true);
    }

    private static void good(HostReport.Tpm2 report) {
        assertDoesNotThrow(() -> judge(report));
    }

    private static void refused(HostRefusal reason, HostReport.Tpm2 report) {
        var refusal = assertThrows(RefusedException.class, () -> judge(report));
        assertEquals(reason, refusal.refused().reason());
    }

    private static void judge(HostReport.Tpm2 report) throws RefusedException {
        var judge = new Tpm2Judge(PROFILE, report);
        judge.quote(BINDING);
        judge.judgeState();
    }

    @Test
    void filesOfTheProfileAreGood() {
        booted().use("/bin/sh", SHELL, true).use("/usr/bin/make", MAKE, true);
        good(tpm.quoteWithFiles(BINDING, PCRS));
    }

    @Test
    void theListMayRunAheadOfTheQuote() {
        booted().use("/bin/sh", SHELL, true).use("/tmp/later", Sha256.of("later"), false);
        good(tpm.quoteWithFiles(BINDING, PCRS));
    }

    @Test
    void anotherFileIsNamed() {
        booted().use("/bin/sh", Sha256.of("another shell"), true);
        HostReport.Tpm2 report = tpm.quoteWithFiles(BINDING, PCRS);
        refused(HostRefusal.FILE_UNEXPECTED, report);
        String why = assertThrows(RefusedException.class, () -> judge(report)).getMessage();
        assertTrue(why.contains("\"/bin/sh\" with the content " + Sha256.of("another shell")), why);
    }

    @Test
    void aFileThatChangedMeanwhileIsRefused() {
        refused(HostRefusal.FILE_UNEXPECTED, booted().violate().quoteWithFiles(BINDING, PCRS));
    }

    @Test
    void aListThatLeavesOutAFileDoesNotReplay() {
        HostReport.Tpm2 honest = booted().use("/bin/sh", SHELL, true).quoteWithFiles(BINDING, PCRS);
        HostReport.Tpm2 later = tpm.use("/bin/evil", Sha256.of("evil"), true).quote(BINDING, PCRS);
        refused(HostRefusal.IMA_LIST_MISMATCH, withList(later, honest.ima().orElseThrow()));
    }

    @Test
    void aHostWithoutMeasurementOfFilesIsRefused() {
        refused(HostRefusal.IMA_LIST_MISMATCH, tpm.quoteWithFiles(BINDING, PCRS));
        refused(HostRefusal.IMA_LIST_MALFORMED, booted().quote(BINDING, PCRS));
        refused(HostRefusal.PCR_MISSING, tpm.quoteWithFiles(BINDING, 4));
    }

    @Test
    void theBootAggregateIsTheQuotedRegisters() {
        refused(
                HostRefusal.FILE_UNEXPECTED,
                tpm.use("boot_aggregate", Sha256.of("another boot"), true).quoteWithFiles(BINDING, PCRS));
        refused(
                HostRefusal.FILE_UNEXPECTED,
                new SoftTpm("ek1")
                        .use("boot_aggregate", Sha256.of("unseen"), true)
                        .quoteWithFiles(BINDING, 10));
    }

    @Test
    void aListHasAForm() {
        HostReport.Tpm2 report = booted().use("/bin/sh", SHELL, true).quoteWithFiles(BINDING, PCRS);
        byte[] list = report.ima().orElseThrow().bytes();
        int whole = 0;
        for (int length = 1; length < list.length; length++) {
            var cut = withList(report, Octets.of(Arrays.copyOf(list, length)));
            var refusal = assertThrows(RefusedException.class, () -> judge(cut));
            whole += refusal.refused().reason() == HostRefusal.IMA_LIST_MISMATCH ? 1 : 0;
        }
        assertEquals(1, whole, "only where one entry ends and the next begins is a cut list a list");
        byte[] other = list.clone();
        other[0] = 11;
        refused(HostRefusal.IMA_LIST_MALFORMED, withList(report, Octets.of(other)));
    }

    @Test
    void theStatementReadsBackAsItWasWritten() throws Exception {
        Signer l1 = new KeyPairSigner(KeyPairSigner.generate());
        var evidence = new HostEvidence(
                new BuilderId("b1"),
                new Occasion.OfEnrolment(Nonce.of(new byte[32])),
                l1.publicKey(),
                booted().quoteWithFiles(BINDING, PCRS));
        var payload = Envelope.sign(evidence.statement().bytes(), l1).verify(l1.publicKey());
        assertEquals(evidence, HostEvidence.parse(payload.orElseThrow()));
    }

    private static HostReport.Tpm2 withList(HostReport.Tpm2 report, Octets list) {
        return new HostReport.Tpm2(
                report.ak(), report.quote(), report.signature(), report.pcrs(), report.eventLogs(), Optional.of(list));
    }
}
