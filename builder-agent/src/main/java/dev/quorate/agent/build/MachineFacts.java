package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Confinement;
import dev.quorate.agent.sandbox.Spawner;
import dev.quorate.agent.vm.Accelerator;
import dev.quorate.agent.vm.GuestKernel;
import dev.quorate.agent.vm.VirtualMachine;
import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at this machine as a build would. */
final class MachineFacts {
    private static final List<String> TOOLS = List.of("bwrap", "mmdebstrap");
    /** What /proc/cpuinfo says in a guest with the one processor model that guests have. */
    private static final EnvironmentRecord.Cpu GUEST_CPU =
            new EnvironmentRecord.Cpu("GenuineIntel", "Intel Core i7 9xx (Nehalem Class Core i7)", VirtualMachine.CPUS);

    private static final Pattern NUMBER = Pattern.compile("(?<=^|[^0-9])[0-9]+(\\.[0-9]+)+");

    private MachineFacts() {}

    /** Of a build in a container. */
    static EnvironmentRecord container(Confinement confinement, Sha256 closure, Instant clock)
            throws IOException, InterruptedException {
        return new EnvironmentRecord(
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                cpu(Files.readAllLines(Path.of("/proc/cpuinfo"))),
                "container",
                confinement.limits(),
                confinement.unavailable(),
                closure,
                tools(TOOLS),
                clock,
                Optional.empty());
    }

    /** Of a build in a virtual machine. */
    static EnvironmentRecord machine(
            Confinement confinement, Sha256 closure, Instant clock, GuestKernel kernel, Accelerator accelerator)
            throws IOException, InterruptedException {
        List<String> tools = new ArrayList<>(TOOLS);
        tools.add(VirtualMachine.QEMU);
        return new EnvironmentRecord(
                kernel.release(),
                GUEST_CPU,
                "vm",
                confinement.limits(),
                confinement.unavailable(),
                closure,
                tools(tools),
                clock,
                Optional.of(new EnvironmentRecord.Machine(
                        accelerator.name().toLowerCase(Locale.ROOT),
                        VirtualMachine.TYPE,
                        VirtualMachine.CPU,
                        kernel.digest())));
    }

    private static Map<String, String> tools(List<String> names) throws IOException, InterruptedException {
        Map<String, String> tools = new TreeMap<>();
        for (String tool : names) {
            tools.put(tool, version(tool));
        }
        return tools;
    }

    static EnvironmentRecord.Cpu cpu(List<String> cpuinfo) {
        return new EnvironmentRecord.Cpu(
                value(cpuinfo, "vendor_id", value(cpuinfo, "CPU implementer", "unknown")),
                value(cpuinfo, "model name", value(cpuinfo, "CPU part", "unknown")),
                Runtime.getRuntime().availableProcessors());
    }

    private static String value(List<String> cpuinfo, String name, String otherwise) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith(name) && line.indexOf(':') > 0)
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static String version(String tool) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin", tool))) {
            return "missing";
        }
        Process process = Spawner.start(new ProcessBuilder(tool, "--version").redirectErrorStream(true));
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readNBytes(200), StandardCharsets.UTF_8).strip();
        process.waitFor();
        Matcher number = NUMBER.matcher(text);
        return number.find() ? number.group() : Printable.of(text.substring(text.lastIndexOf(' ') + 1));
    }
}
