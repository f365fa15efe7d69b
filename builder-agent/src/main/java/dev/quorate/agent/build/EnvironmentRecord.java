package dev.quorate.agent.build;

import dev.quorate.digest.Sha256;
import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
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
 * @param isolation level, {@code container} or {@code vm}, or {@code qrexec/} before another machine's level
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
    private static final int MOST_TEXTS = 1000;

    /**
     * A virtual machine.
     *
     * @param accelerator {@code kvm} or {@code tcg}
     * @param type QEMU's name of the machine type
     * @param cpu QEMU's name of the processor model
     * @param kernel digest of the kernel's file
     */
    public record Machine(String accelerator, String type, String cpu, Sha256 kernel) {
        static Machine read(Fields fields) throws MalformedException {
            var machine = new Machine(
                    fields.string("accelerator"),
                    fields.string("type"),
                    fields.string("cpu"),
                    fields.string("kernel", Sha256::parse));
            fields.end();
            return machine;
        }

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

    /** The same surroundings, seen from outside of one more wall. */
    public EnvironmentRecord within(String wall) {
        return new EnvironmentRecord(
                kernel, cpu, wall + "/" + isolation, limits, unavailable, rootClosure, tools, clock, machine);
    }

    /** Reads such a record from another machine. */
    public static EnvironmentRecord read(Fields fields) throws MalformedException {
        var record = new EnvironmentRecord(
                fields.string("kernel"),
                fields.object("cpu", EnvironmentRecord::readCpu),
                fields.string("isolation"),
                fields.object("limits", EnvironmentRecord::readTexts),
                fields.strings("unavailable", MOST_TEXTS, text -> text),
                fields.string("rootClosure", Sha256::parse),
                fields.object("tools", EnvironmentRecord::readTexts),
                fields.string("clock", Instants::parse),
                fields.optionalObject("machine", Machine::read));
        fields.end();
        return record;
    }

    private static Cpu readCpu(Fields fields) throws MalformedException {
        var cpu = new Cpu(
                fields.string("vendor"), fields.string("model"), (int) fields.integer("count", 0, Integer.MAX_VALUE));
        fields.end();
        return cpu;
    }

    private static Map<String, String> readTexts(Fields fields) throws MalformedException {
        Map<String, String> texts = new TreeMap<>();
        for (String name : fields.names()) {
            texts.put(name, fields.string(name));
        }
        return texts;
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
