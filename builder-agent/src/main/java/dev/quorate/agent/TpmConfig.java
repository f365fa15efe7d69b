package dev.quorate.agent;

import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.nio.file.Path;
import java.util.List;

/**
 * How this machine shows itself.
 *
 * @param tcti how tpm2-tools reach its TPM
 * @param eventLogs the firmware's log, then the loader's after a dynamic launch
 * @param ima Linux's list of measured files
 */
public record TpmConfig(String tcti, List<Path> eventLogs, Path ima) {
    private static final int MOST_LOGS = 4;
    private static final Path FIRMWARE = Path.of("/sys/kernel/security/tpm0/binary_bios_measurements");
    private static final Path LINUX = Path.of("/sys/kernel/security/ima/binary_runtime_measurements");

    public TpmConfig {
        eventLogs = List.copyOf(eventLogs);
    }

    static TpmConfig read(Fields fields, Fields.Parser<Path> path) throws MalformedException {
        var config = new TpmConfig(
                fields.string("tcti"),
                fields.has("eventLogs") ? fields.strings("eventLogs", MOST_LOGS, path) : List.of(FIRMWARE),
                fields.optional("ima", path).orElse(LINUX));
        fields.end();
        return config;
    }
}
