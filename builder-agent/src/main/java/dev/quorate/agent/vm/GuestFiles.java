package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.sandbox.SeccompFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What lies in a guest's initial RAM disk. */
final class GuestFiles {
    private GuestFiles() {}

    /** All that a build's guest needs. */
    static InitialRamDisk forBuild(GuestKernel kernel, MachineOrder order) throws IOException, InterruptedException {
        var files = new InitialRamDisk().program("/init", resource("init"));
        for (Map.Entry<String, Path> program : HostPrograms.files().entrySet()) {
            files.program(program.getKey(), Files.readAllBytes(program.getValue()));
        }
        int number = 0;
        for (byte[] module : KernelModules.of(kernel)) {
            files.file(String.format(Locale.ROOT, "/order/modules/%03d.ko", number++), module);
        }
        Bounds bounds = order.inside().bounds();
        return files.file("/order/guest.sh", resource("guest.sh"))
                .file("/order/settings", "memory=" + bounds.memory() + "\nprocesses=" + bounds.processes() + "\n")
                .file("/order/command", "exec " + ShellWords.line(command(order)) + "\n")
                .file("/order/filter.bpf", SeccompFilter.forThisMachine())
                .file("/order/outputs.sh", OutputSearch.script(order.outputDirectory(), order.outputs()));
    }

    private static List<String> command(MachineOrder order) throws IOException {
        List<String> words = new ArrayList<>(List.of("/bin/setpriv", "--no-new-privs", "--reuid", "1000"));
        words.addAll(List.of("--regid", "1000", "--clear-groups"));
        List<String> bubblewrap = Sandbox.commandLine(order.inside(), order::inGuest);
        words.add("/bin/" + bubblewrap.getFirst());
        words.addAll(bubblewrap.subList(1, bubblewrap.size()));
        return words;
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = GuestFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + name);
            }
            return in.readAllBytes();
        }
    }
}
