package dev.quorate.agent;

import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How this machine shows itself as a confidential VM.
 *
 * @param entry of configfs-tsm, this agent's own
 * @param certificates PEM file with the processor's certificate and its issuer's, where the host gives none
 */
public record SnpConfig(Path entry, Optional<Path> certificates) {
    private static final Path LINUX = Path.of("/sys/kernel/config/tsm/report");

    static SnpConfig read(Fields fields, Fields.Parser<Path> path, BuilderId builder) throws MalformedException {
        var config = new SnpConfig(
                fields.optional("entry", path).orElse(LINUX.resolve("quorate-" + builder)),
                fields.optional("certificates", path));
        fields.end();
        return config;
    }
}
