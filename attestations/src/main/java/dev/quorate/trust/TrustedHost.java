package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/** A machine that a builder may speak from, and how its evidence is judged. */
public sealed interface TrustedHost {
    /** Which machine it is. */
    HostId id();

    /** How it shows its state. */
    HostKind kind();

    /** Name of the maker whose roots its certificates chain to. */
    String maker();

    /** Name of the profile that holds its reference values. */
    String profile();

    /** How the trust root writes it. */
    Json.Obj json();

    /** Reads a host of any kind. */
    static TrustedHost read(Fields fields) throws MalformedException {
        TrustedHost host = switch (fields.string("kind", HostKind::parse)) {
            case TPM2 -> Tpm2.read(fields);
            case SEV_SNP -> SevSnp.read(fields);
        };
        fields.end();
        return host;
    }

    /**
     * A machine with a TPM 2.0. That the attestation key lives in the TPM of the endorsement certificate was proven to
     * the root key holders, at enrolment.
     *
     * @param ak public half of the attestation key: restricted, signing, made by the TPM
     * @param ek certificate of the endorsement key
     * @param intermediates certificates between that and the maker's roots, the endorsement certificate's issuer first
     */
    record Tpm2(P256Key ak, DerCertificate ek, List<DerCertificate> intermediates, String maker, String profile)
            implements TrustedHost {
        public Tpm2 {
            intermediates = List.copyOf(intermediates);
        }

        private static Tpm2 read(Fields fields) throws MalformedException {
            TrustedTpm tpm = TrustedTpm.part(fields);
            return new Tpm2(
                    tpm.ak(), tpm.ek(), tpm.intermediates(), tpm.maker(), fields.string("profile", Principal::name));
        }

        /** The TPM of the machine. */
        public TrustedTpm tpm() {
            return new TrustedTpm(ak, ek, intermediates, maker);
        }

        @Override
        public HostId id() {
            return new HostId(ek.keyDigest());
        }

        @Override
        public HostKind kind() {
            return HostKind.TPM2;
        }

        @Override
        public Json.Obj json() {
            return tpm().write(Json.object().put("kind", kind().word()))
                    .put("profile", profile)
                    .build();
        }
    }

    /** Confidential VMs on one AMD processor with SEV-SNP, whoever owns the machine around it. */
    record SevSnp(ChipId chip, String maker, String profile) implements TrustedHost {
        private static SevSnp read(Fields fields) throws MalformedException {
            return new SevSnp(
                    fields.string("chip", ChipId::parse),
                    fields.string("maker", Principal::name),
                    fields.string("profile", Principal::name));
        }

        @Override
        public HostId id() {
            return chip.host();
        }

        @Override
        public HostKind kind() {
            return HostKind.SEV_SNP;
        }

        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("kind", kind().word())
                    .put("chip", chip.toString())
                    .put("maker", maker)
                    .put("profile", profile)
                    .build();
        }
    }
}
