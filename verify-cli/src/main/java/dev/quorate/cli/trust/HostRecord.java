package dev.quorate.cli.trust;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.ChipId;
import dev.quorate.trust.DerCertificate;

/** What {@code quorate agent --enrol} prints: which machine a builder's is. */
sealed interface HostRecord {
    int MAX_BYTES = 64 * 1024;

    BuilderId builder();

    /** The host's identity. */
    Sha256 host();

    /** Which TPM it has, as it has proven to a coordinator. */
    record Tpm2(BuilderId builder, P256Key ak, DerCertificate ek) implements HostRecord {
        @Override
        public Sha256 host() {
            return ek.keyDigest();
        }
    }

    /** On which AMD processor it is a confidential VM; each round's report proves it. */
    record SevSnp(BuilderId builder, ChipId chip) implements HostRecord {
        @Override
        public Sha256 host() {
            return chip.host().sha256();
        }
    }

    static HostRecord read(GivenFile file) throws RefusedException, MalformedException {
        Fields fields =
                Fields.of(JsonReader.read(file.bytes(MAX_BYTES), MAX_BYTES, file.printable()), file.printable());
        BuilderId builder = fields.string("builder", BuilderId::parse);
        HostRecord record = fields.has("chip")
                ? new SevSnp(builder, fields.string("chip", ChipId::parse))
                : new Tpm2(
                        builder,
                        fields.string("attestation", P256Key::parse),
                        fields.string("endorsement", DerCertificate::parse));
        Sha256 host = fields.string("host", Sha256::parse);
        fields.end();
        if (!host.equals(record.host())) {
            throw fields.wrong("host", "is not the digest of the key or chip beside it; have it enrol again");
        }
        return record;
    }
}
