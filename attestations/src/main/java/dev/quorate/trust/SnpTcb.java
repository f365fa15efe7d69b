package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/**
 * Security versions of the parts of an AMD processor's trusted computing base (SEV-SNP Firmware ABI, 56860,
 * TCB_VERSION), 0 to 255 each.
 *
 * @param fmc of the first loader; 0 before the Turin family, which has it
 */
public record SnpTcb(int fmc, int bootLoader, int tee, int snp, int microcode) {
    /** The largest version. */
    public static final int MOST = 255;

    /** Anything is at least this. */
    public static final SnpTcb ANY = new SnpTcb(0, 0, 0, 0, 0);

    static SnpTcb read(Fields fields) throws MalformedException {
        var tcb = new SnpTcb(
                version(fields, "fmc"),
                version(fields, "bootLoader"),
                version(fields, "tee"),
                version(fields, "snp"),
                version(fields, "microcode"));
        fields.end();
        return tcb;
    }

    private static int version(Fields fields, String part) throws MalformedException {
        return fields.has(part) ? (int) fields.integer(part, 1, MOST) : 0;
    }

    Json.Obj json() {
        Json.Builder json = Json.object();
        put(json, "fmc", fmc);
        put(json, "bootLoader", bootLoader);
        put(json, "tee", tee);
        put(json, "snp", snp);
        put(json, "microcode", microcode);
        return json.build();
    }

    private static void put(Json.Builder json, String part, int version) {
        if (version > 0) {
            json.put(part, version);
        }
    }

    /** Whether no part is older than that one's. */
    public boolean isAtLeast(SnpTcb least) {
        return fmc >= least.fmc
                && bootLoader >= least.bootLoader
                && tee >= least.tee
                && snp >= least.snp
                && microcode >= least.microcode;
    }

    @Override
    public String toString() {
        return "fmc " + fmc + ", bootLoader " + bootLoader + ", tee " + tee + ", snp " + snp + ", microcode "
                + microcode;
    }
}
