package dev.quorate.it.hosts;

import dev.quorate.agent.AgentProcess;
import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.EnvironmentRecord;
import dev.quorate.digest.Sha256;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import dev.quorate.tpm.Tpm2Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole agent that writes the output down instead of building it, and on whose host something else may start meanwhile. */
final class PretendingAgent {
    static final String OUTPUT = "hello, rebuilders";

    /** Names the TPM into which another program is measured during each build. */
    static final String CHANGES = "QUORATE_TEST_CHANGES";

    private PretendingAgent() {}

    public static void main(String[] arguments) {
        Optional<String> changed = Optional.ofNullable(System.getenv(CHANGES));
        AgentProcess.run(arguments, builder -> order -> build(order, changed));
    }

    /** Writes it down, after that change if there is one. */
    static BuildResult build(BuildOrder order, Optional<String> changed) throws IOException, InterruptedException {
        if (changed.isPresent()) {
            new Tpm2Tools(changed.get(), order.directory())
                    .run("tpm2_pcrextend", "7:sha256=" + Sha256.of("another program"));
        }
        Path outputs = Files.createDirectory(order.directory().resolve("outputs"));
        Files.writeString(outputs.resolve("hello"), OUTPUT);
        return new BuildResult.Built(
                new OutputSet(
                        List.of(new Output.File(new RelativePath("hello"), true, OUTPUT.length(), Sha256.of(OUTPUT)))),
                outputs,
                new EnvironmentRecord(
                        "6.1",
                        new EnvironmentRecord.Cpu("test", "test", 1),
                        "container",
                        Map.of(),
                        List.of(),
                        Sha256.of("closure"),
                        Map.of(),
                        Instant.EPOCH,
                        Optional.empty()),
                Files.writeString(order.directory().resolve("log"), "wrote hello\n"),
                Duration.ofSeconds(1));
    }
}
