package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.HostKind;
import dev.quorate.trust.PcrValues;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the machine itself says, in its own formats. Nothing in it is verified. */
public sealed interface HostReport {
    /** Whose format it is. */
    HostKind kind();

    /** The form in evidence. */
    Json.Obj json();

    /** Reads a report of that kind. */
    static HostReport read(HostKind kind, Fields fields) throws MalformedException {
        HostReport report = switch (kind) {
            case TPM2 -> Tpm2.read(fields);
            case SEV_SNP -> SevSnp.read(fields);
        };
        fields.end();
        return report;
    }

    /**
     * A TPM's quote and what explains it.
     *
     * @param ak the attestation key that signed it
     * @param quote a TPMS_ATTEST, as TPM2_Quote returns it, without the length before it
     * @param signature a TPMT_SIGNATURE
     * @param pcrs values of the quoted registers of the SHA-256 bank, by number
     * @param eventLogs TCG crypto-agile event logs, replayed one after the other: the firmware's, then, after a dynamic
     *     launch, the loader's
     * @param ima Linux's list of measured files ({@code binary_runtime_measurements})
     */
    record Tpm2(
            P256Key ak,
            Octets quote,
            Octets signature,
            SortedMap<Integer, Sha256> pcrs,
            List<Octets> eventLogs,
            Optional<Octets> ima)
            implements HostReport {
        private static final int LONGEST_QUOTE = 1024;
        private static final int LONGEST_SIGNATURE = 128;
        private static final int MOST_LOGS = 4;
        private static final int LONGEST_LOG = 1 << 20;
        private static final int LONGEST_IMA = 2 << 20;

        public Tpm2 {
            pcrs = new TreeMap<>(pcrs);
            eventLogs = List.copyOf(eventLogs);
        }

        /** A report without a list of files. */
        public Tpm2(
                P256Key ak, Octets quote, Octets signature, SortedMap<Integer, Sha256> pcrs, List<Octets> eventLogs) {
            this(ak, quote, signature, pcrs, eventLogs, Optional.empty());
        }

        private static Tpm2 read(Fields fields) throws MalformedException {
            return new Tpm2(
                    fields.string("ak", P256Key::parse),
                    fields.string("quote", text -> Octets.parse(text, LONGEST_QUOTE)),
                    fields.string("signature", text -> Octets.parse(text, LONGEST_SIGNATURE)),
                    PcrValues.read(fields).values(),
                    fields.has("eventLogs")
                            ? fields.strings("eventLogs", MOST_LOGS, text -> Octets.parse(text, LONGEST_LOG))
                            : List.of(),
                    fields.has("ima")
                            ? Optional.of(fields.string("ima", text -> Octets.parse(text, LONGEST_IMA)))
                            : Optional.empty());
        }

        @Override
        public HostKind kind() {
            return HostKind.TPM2;
        }

        @Override
        public Json.Obj json() {
            Json.Builder json = Json.object()
                    .put("ak", ak.toString())
                    .put("quote", quote.toString())
                    .put("signature", signature.toString())
                    .put("pcrs", new PcrValues(pcrs).json());
            if (!eventLogs.isEmpty()) {
                json.put(
                        "eventLogs",
                        Json.strings(eventLogs.stream().map(Octets::toString).toList()));
            }
            ima.ifPresent(list -> json.put("ima", list.toString()));
            return json.build();
        }
    }

    /**
     * A report of an AMD processor on a confidential VM.
     *
     * @param report an ATTESTATION_REPORT, as SNP_GET_REPORT returns it (SEV-SNP Firmware ABI, 56860)
     * @param certificates the processor's own (VCEK), then those between it and the maker's root (ASK)
     */
    record SevSnp(Octets report, List<DerCertificate> certificates) implements HostReport {
        private static final int MOST_CERTIFICATES = 8;

        public SevSnp {
            certificates = List.copyOf(certificates);
        }

        private static SevSnp read(Fields fields) throws MalformedException {
            var report = new SevSnp(
                    fields.string("report", text -> Octets.parse(text, SnpReport.LENGTH)),
                    fields.strings("certificates", MOST_CERTIFICATES, DerCertificate::parse));
            if (report.certificates().isEmpty()) {
                throw fields.wrong("certificates", "must hold at least the processor's own");
            }
            return report;
        }

        @Override
        public HostKind kind() {
            return HostKind.SEV_SNP;
        }

        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("report", report.toString())
                    .put(
                            "certificates",
                            Json.strings(certificates.stream()
                                    .map(DerCertificate::toString)
                                    .toList()))
                    .build();
        }
    }
}
