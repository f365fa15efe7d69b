package dev.quorate.agent;

import dev.quorate.agent.build.Builder;
import dev.quorate.agent.build.LocalBuilder;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.agent.vm.AcceleratorChoice;
import dev.quorate.agent.vm.GuestKernel;
import dev.quorate.agent.vm.Requirements;
import dev.quorate.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What isolation by virtual machines needs of this host. */
final class Machines {
    private static final Logger LOG = LoggerFactory.getLogger(Machines.class);

    private Machines() {}

    /**
     * What an agent would find on this host: {@code {"missing":[…]}}, or {@code {"accelerator":"kvm|tcg","kernel","why"}}.
     */
    static Json.Obj say() throws IOException, InterruptedException {
        List<String> missing = Requirements.missing();
        if (!missing.isEmpty()) {
            return Json.object().put("missing", Json.strings(missing)).build();
        }
        GuestKernel kernel = GuestKernel.find().orElseThrow();
        Path scratch = Files.createTempDirectory("quorate-machine");
        try {
            AcceleratorChoice choice = AcceleratorChoice.here(kernel, scratch);
            return Json.object()
                    .put("accelerator", choice.accelerator().name().toLowerCase(Locale.ROOT))
                    .put("kernel", kernel.release())
                    .put("why", choice.why())
                    .build();
        } finally {
            Trees.delete(scratch);
        }
    }

    /**
     * A builder with the kernel and the accelerator that are best here.
     *
     * @param data the agent's directory
     * @throws ConfigurationException if something is missing
     */
    static Builder builder(Path data, InstantSource clock)
            throws ConfigurationException, IOException, InterruptedException {
        List<String> missing = Requirements.missing();
        if (!missing.isEmpty()) {
            throw new ConfigurationException("isolation: vm needs more of this machine: " + String.join("; ", missing));
        }
        GuestKernel kernel = GuestKernel.find().orElseThrow();
        AcceleratorChoice choice = AcceleratorChoice.here(kernel, data);
        LOG.info(
                "virtual machines kernel={} accelerator={} why={}",
                kernel.release(),
                choice.accelerator(),
                choice.why());
        return LocalBuilder.inMachines(data, clock, kernel, choice.accelerator());
    }
}
