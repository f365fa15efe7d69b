package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Confinement;
import dev.quorate.agent.sandbox.Spawner;
import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at this machine as a build would. */
final class MachineFacts {
    private static final List<String> TOOLS = List.of("bwrap", "mmdebstrap");

    private MachineFacts() {}

    static EnvironmentRecord record(Confinement confinement, Sha256 closure, Instant clock)
            throws IOException, InterruptedException {
        Map<String, String> tools = new TreeMap<>();
        for (String tool : TOOLS) {
            tools.put(tool, version(tool));
        }
        return new EnvironmentRecord(
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                cpu(Files.readAllLines(Path.of("/proc/cpuinfo"))),
                "container",
                confinement.limits(),
                confinement.unavailable(),
                closure,
                tools,
                clock);
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
        return Printable.of(text.substring(text.lastIndexOf(' ') + 1));
    }
}
