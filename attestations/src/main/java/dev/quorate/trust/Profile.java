package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/** Reference values: which measured states of a host are good. */
public sealed interface Profile permits Tpm2Profile, SnpProfile {
    /** By which hosts name it. */
    String name();

    /** Which evidence it is for. */
    HostKind kind();

    /** How the trust root writes it. */
    Json.Obj json();

    /** Reads a profile of any kind. */
    static Profile read(Fields fields) throws MalformedException {
        return switch (fields.string("kind", HostKind::parse)) {
            case TPM2 -> Tpm2Profile.read(fields);
            case SEV_SNP -> SnpProfile.read(fields);
        };
    }
}
