package dev.quorate.agent.build;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a build could see of its builder, so that two builders that disagree can be compared member by member.
 *
 * @param kernel release as {@code uname -r} prints it to the build
 * @param cpu the processor that shows through
 * @param isolation level, {@code container} or {@code vm}
 * @param limits each limit of the spec and the mechanism that enforced it, {@code memory} to {@code cgroup v1}
 * @param unavailable limits and protections that this machine could not give, one sentence each
 * @param rootClosure digest of the locked list that the root file system was made of
 * @param tools versions of the programs that made the root and the sandbox
 * @param clock when the build started, by this machine's clock
 * @param machine the virtual one, if there was one
 */
public record EnvironmentRecord(
        String kernel,
        Cpu cpu,
        String isolation,
        Map<String, String> limits,
        List<String> unavailable,
        Sha256 rootClosure,
        Map<String, String> tools,
        Instant clock,
        Optional<Machine> machine) {
    /**
     * A virtual machine.
     *
     * @param accelerator {@code kvm} or {@code tcg}
     * @param type QEMU's name of the machine type
     * @param cpu QEMU's name of the processor model
     * @param kernel digest of the kernel's file
     */
    public record Machine(String accelerator, String type, String cpu, Sha256 kernel) {
        Json.Obj json() {
            return Json.object()
                    .put("accelerator", accelerator)
                    .put("type", type)
                    .put("cpu", cpu)
                    .put("kernel", kernel.hex())
                    .build();
        }
    }

    /**
     * A processor.
     *
     * @param vendor {@code vendor_id} of {@code /proc/cpuinfo}, or the implementer on ARM
     * @param model model name
     * @param count how many a build may use
     */
    public record Cpu(String vendor, String model, int count) {}

    public EnvironmentRecord {
        limits = Map.copyOf(limits);
        unavailable = List.copyOf(unavailable);
        tools = Map.copyOf(tools);
    }

    /** The record as it is published beside a proof. */
    public Json.Obj json() {
        Json.Builder record = Json.object()
                .put("kernel", kernel)
                .put(
                        "cpu",
                        Json.object()
                                .put("vendor", cpu.vendor)
                                .put("model", cpu.model)
                                .put("count", cpu.count)
                                .build())
                .put("isolation", isolation)
                .put("limits", texts(limits))
                .put("unavailable", Json.strings(unavailable))
                .put("rootClosure", rootClosure.hex())
                .put("tools", texts(tools))
                .put("clock", clock.toString());
        machine.ifPresent(virtual -> record.put("machine", virtual.json()));
        return record.build();
    }

    private static Json.Obj texts(Map<String, String> map) {
        Json.Builder object = Json.object();
        new TreeMap<>(map).forEach(object::put);
        return object.build();
    }
}
