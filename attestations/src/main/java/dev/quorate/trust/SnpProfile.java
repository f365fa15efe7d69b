package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * Good states of a confidential VM under AMD SEV-SNP. Everything that is given must hold; that the VM can be neither
 * debugged nor migrated must hold always.
 *
 * @param measurements launch digests, one of which it must have
 * @param tcb the oldest processor firmware that is good enough
 * @param vmpl the privilege level, 0 to 3, that asks for the report: 0 unless another program of the VM is above it
 */
public record SnpProfile(String name, List<LaunchDigest> measurements, SnpTcb tcb, int vmpl) implements Profile {
    private static final int MOST = 1000;
    private static final int LEAST_PRIVILEGED = 3;

    public SnpProfile {
        measurements = List.copyOf(measurements);
        Principal.name(name);
    }

    static SnpProfile read(Fields fields) throws MalformedException {
        var profile = new SnpProfile(
                fields.string("name", Principal::name),
                fields.strings("measurements", MOST, LaunchDigest::parse),
                fields.has("tcb") ? SnpTcb.read(fields.object("tcb")) : SnpTcb.ANY,
                fields.has("vmpl") ? (int) fields.integer("vmpl", 1, LEAST_PRIVILEGED) : 0);
        if (profile.measurements().isEmpty()) {
            throw fields.wrong("measurements", "must hold at least one launch digest");
        }
        fields.end();
        return profile;
    }

    @Override
    public HostKind kind() {
        return HostKind.SEV_SNP;
    }

    @Override
    public Json.Obj json() {
        Json.Builder json = Json.object()
                .put("name", name)
                .put("kind", kind().word())
                .put(
                        "measurements",
                        Json.strings(measurements.stream()
                                .map(LaunchDigest::toString)
                                .toList()));
        if (!tcb.equals(SnpTcb.ANY)) {
            json.put("tcb", tcb.json());
        }
        if (vmpl > 0) {
            json.put("vmpl", vmpl);
        }
        return json.build();
    }
}
