package dev.quorate.it.bench;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.build.LocalBuilder;
import dev.quorate.agent.rootfs.RootFileSystems;
import dev.quorate.agent.vm.AcceleratorChoice;
import dev.quorate.agent.vm.GuestKernel;
import dev.quorate.inputs.FileCache;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The small C program, built with nothing around it, in containers and in virtual machines: the time to the build's first
 * instruction, the compiler's own time, and the whole. As root, for the first of them: a chroot over the same root file
 * system. Arguments: a directory, which keeps the root file system, and how many builds of each (5).
 */
final class MachineBench {
    private static final String SCRIPT = "gcc -O2 -g0 -Wl,--build-id=sha1 -o \"$OUT/hello\" hello.c";
    private static final String NATIVE = """
            set -eu
            mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
            mkdir -p "$2/root/build"
            cp "$3" "$2/root/build/hello.c"
            begin=$(date +%s%N)
            OUT=/build chroot "$2/root" /bin/sh -euc "cd /build; $4"
            echo $((($(date +%s%N) - begin) / 1000000))
            """;

    private final Path directory;
    private final FileCache cache;
    private final int count;

    private MachineBench(Path directory, int count) throws IOException {
        this.directory = directory;
        this.cache = new FileCache(Files.createDirectories(directory.resolve("cache")));
        this.count = count;
    }

    /** One build: milliseconds to its first instruction, of the compiler, and of everything. */
    private record Lap(double first, double inside, double whole, OutputSet outputs) {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args.length > 0 ? args[0] : "target/machine-bench"))
                .toRealPath();
        new MachineBench(directory, args.length > 1 ? Integer.parseInt(args[1]) : 5).run(System.out);
    }

    private void run(PrintStream out) throws Exception {
        RebuildSpec spec = spec();
        Path data = Files.createDirectories(directory.resolve("data"));
        GuestKernel kernel = GuestKernel.find().orElseThrow();
        AcceleratorChoice choice = AcceleratorChoice.here(kernel, data);
        Builder containers = LocalBuilder.inContainers(data, Clock.systemUTC());
        Builder machines = LocalBuilder.inMachines(data, Clock.systemUTC(), kernel, choice.accelerator());
        // The first of each makes what is kept: the root file system and its image.
        OutputSet expected = lap(containers, spec).outputs;
        OutputSet virtual = lap(machines, spec).outputs;
        if (!expected.equals(virtual)) {
            throw new AssertionError("a container and a machine gave different bytes");
        }
        double nothing = natively(
                data.resolve("roots").resolve(RootFileSystems.closure(spec).hex()));
        out.println(
                "virtual machines: " + choice.accelerator() + ", because " + choice.why() + "; medians of " + count);
        out.printf(
                Locale.ROOT,
                "%-12s %18s %14s %10s %12s%n",
                "isolation",
                "first instr. ms",
                "compiler ms",
                "whole ms",
                "compiler : native");
        out.printf(Locale.ROOT, "%-12s %18s %14.0f %10s %12.1f%n", "none", "-", nothing, "-", 1.0);
        row(out, "container", laps(containers, spec), nothing);
        row(out, "vm", laps(machines, spec), nothing);
    }

    private List<Lap> laps(Builder builder, RebuildSpec spec) throws Exception {
        List<Lap> laps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            laps.add(lap(builder, spec));
        }
        return laps;
    }

    private Lap lap(Builder builder, RebuildSpec spec) throws Exception {
        Path build = Files.createTempDirectory(directory, "build-");
        Path log = build.resolve("log");
        long begin = System.nanoTime();
        var first = new double[1];
        Thread watcher = Thread.ofPlatform().daemon().start(() -> first[0] = sinceUntilSaid(log, begin));
        BuildResult result =
                builder.build(new BuildOrder(spec, digest -> cache.find(digest).orElseThrow(), build));
        double whole = (System.nanoTime() - begin) / 1e6;
        watcher.interrupt();
        watcher.join();
        if (!(result instanceof BuildResult.Built built)) {
            throw new AssertionError(result + "\n" + Files.readString(log));
        }
        String[] times = Files.readString(log).split("\n");
        double inside = (Long.parseLong(times[1]) - Long.parseLong(times[0])) / 1e6;
        return new Lap(first[0], inside, whole, built.outputs());
    }

    private static double sinceUntilSaid(Path log, long begin) {
        try (WatchService changes = log.getFileSystem().newWatchService()) {
            log.getParent()
                    .register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!Files.exists(log) || Files.size(log) < 10) {
                changes.take().reset();
            }
        } catch (IOException | InterruptedException e) {
            return Double.NaN;
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private double natively(Path root) throws Exception {
        Path source =
                Files.writeString(directory.resolve("hello.c"), "#include <stdio.h>\nint main(void){puts(\"x\");}\n");
        double[] all = new double[count];
        // One more than counts, because the first reads the compiler from the disk.
        for (int i = -1; i < count; i++) {
            Path place = Files.createTempDirectory(directory, "native-");
            for (String part : List.of("upper", "work", "root")) {
                Files.createDirectory(place.resolve(part));
            }
            Process process = new ProcessBuilder(
                            "unshare",
                            "--mount",
                            "sh",
                            "-c",
                            NATIVE,
                            "native",
                            root.toString(),
                            place.toString(),
                            source.toString(),
                            SCRIPT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            double millis =
                    Double.parseDouble(new String(process.getInputStream().readAllBytes()).strip());
            all[Math.max(i, 0)] = millis;
        }
        return median(all);
    }

    private RebuildSpec spec() throws Exception {
        Path file = directory.resolve("hello.rebuild.yaml");
        if (!Files.exists(file)) {
            Path home = Path.of(System.getProperty("quorate.home", ".."));
            String text = Files.readString(home.resolve("examples/c-hello/hello.rebuild.yaml"));
            Path draft = Files.writeString(
                    directory.resolve("draft.yaml"),
                    text.replace("    gcc ", "    date +%s%N\n    gcc ")
                            .replace("hello.c\noutputs", "hello.c\n    date +%s%N\noutputs"));
            new CommandLine(directory)
                    .require(
                            "spec",
                            "lock",
                            "--cache",
                            directory.resolve("cache").toString(),
                            draft.toString());
            Files.move(draft, file);
        }
        return RebuildSpec.parse(Files.readAllBytes(file), file.toString());
    }

    private static void row(PrintStream out, String what, List<Lap> laps, double nothing) {
        double inside = median(laps.stream().mapToDouble(Lap::inside).toArray());
        out.printf(
                Locale.ROOT,
                "%-12s %18.0f %14.0f %10.0f %12.1f%n",
                what,
                median(laps.stream().mapToDouble(Lap::first).toArray()),
                inside,
                median(laps.stream().mapToDouble(Lap::whole).toArray()),
                inside / nothing);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
