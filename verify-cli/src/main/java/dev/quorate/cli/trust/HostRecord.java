package dev.quorate.cli.trust;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.DerCertificate;

/** What {@code quorate agent --enrol} prints: which TPM a builder's machine has proven to a coordinator. */
record HostRecord(BuilderId builder, P256Key ak, DerCertificate ek) {
    private static final int MAX_BYTES = 64 * 1024;

    static HostRecord read(GivenFile file) throws RefusedException, MalformedException {
        Fields fields =
                Fields.of(JsonReader.read(file.bytes(MAX_BYTES), MAX_BYTES, file.printable()), file.printable());
        var record = new HostRecord(
                fields.string("builder", BuilderId::parse),
                fields.string("attestation", P256Key::parse),
                fields.string("endorsement", DerCertificate::parse));
        Sha256 host = fields.string("host", Sha256::parse);
        fields.end();
        if (!host.equals(record.ek().keyDigest())) {
            throw fields.wrong("host", "is not the SHA-256 of the endorsement certificate's key; have it enrol again");
        }
        return record;
    }
}
