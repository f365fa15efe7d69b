package dev.quorate.agent;

import dev.quorate.agent.image.MeasuredBoot;
import dev.quorate.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code agent measure}: the reference values of a builder that is a virtual machine. */
final class Measure {
    private static final long MIB = 1L << 20;

    private Measure() {}

    static Json.Obj run(List<String> arguments) throws ConfigurationException, IOException {
        Options options = Options.parse(arguments, Set.of("--kernel", "--initrd", "--append", "--memory"), Set.of());
        String memory = options.need("--memory");
        if (!memory.matches("[1-9][0-9]{0,6}")) {
            throw new ConfigurationException("--memory must be MiB, a whole number like 1024");
        }
        try {
            MeasuredBoot boot = MeasuredBoot.of(
                    Files.readAllBytes(Path.of(options.need("--kernel"))),
                    Files.readAllBytes(Path.of(options.need("--initrd"))),
                    options.need("--append"),
                    Long.parseLong(memory) * MIB);
            return Json.object().put("pcrs", boot.json()).build();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("cannot be measured: " + e.getMessage());
        }
    }
}
