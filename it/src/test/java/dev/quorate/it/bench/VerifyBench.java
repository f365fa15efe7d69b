package dev.quorate.it.bench;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.peers.DebianTree;
import dev.quorate.it.rounds.CertifiedRound;
import dev.quorate.json.CanonicalJson;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long a check takes. First cold, each a process of its own, run in turns: {@code quorate verify} of a kit with five
 * proofs over 10 MB, cosign over one line of that kit, and a start of node that does nothing. Then warm, for rounds of
 * several sizes, with the size of their kits. Arguments: the launcher, and an empty directory.
 */
final class VerifyBench {
    private static final int RUNS = 10;
    private static final int ARTIFACT = 10_000_000;

    private final PrintStream out = System.out;
    private final Path launcher;
    private final Path directory;

    private VerifyBench(Path launcher, Path directory) {
        this.launcher = launcher.toAbsolutePath();
        this.directory = directory.toAbsolutePath();
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("VerifyBench LAUNCHER DIRECTORY");
            System.exit(2);
        }
        var bench = new VerifyBench(Path.of(args[0]), Files.createDirectories(Path.of(args[1])));
        bench.cold();
        bench.warm();
    }

    private void cold() throws Exception {
        byte[] artifact = new byte[ARTIFACT];
        IntStream.range(0, artifact.length).forEach(i -> artifact[i] = (byte) (i * 31 ^ i >> 8));
        Files.write(directory.resolve("artifact"), artifact);
        var file = new Output.File(new RelativePath("artifact"), false, artifact.length, Sha256.of(artifact));
        CertifiedRound round = CertifiedRound.of(start(), 5, new OutputSet(List.of(file)));
        Files.write(directory.resolve("kit"), round.kit().bytes());
        Files.write(directory.resolve("trust.json"), round.trust().bytes());
        Files.write(
                directory.resolve("policy.json"),
                CanonicalJson.bytes(round.policy().json()));
        Files.writeString(directory.resolve("key.pub"), round.certifier().pem());
        Files.write(
                directory.resolve("line.json"),
                CanonicalJson.bytes(
                        round.kit().bundles().get(round.certificateLine()).json()));
        new CommandLine(directory).require("trust", "show", "trust.json", "--sigstore", "-o", "trusted_root.json");

        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(
                "quorate verify, 5 proofs",
                List.of(
                        launcher.toString(),
                        "verify",
                        "artifact",
                        "--kit",
                        "kit",
                        "--trust",
                        "trust.json",
                        "--policy",
                        "policy.json"));
        commands.put(
                "cosign, 1 line",
                List.of(
                        DebianTree.sid().program("cosign").toString(),
                        "verify-blob-attestation",
                        "--key",
                        "key.pub",
                        "--trusted-root",
                        "trusted_root.json",
                        "--bundle",
                        "line.json",
                        "--type",
                        Certificate.TYPE,
                        "artifact"));
        commands.put("node -e 0", List.of("node", "-e", "0"));
        print(commands.keySet().stream().toList(), inTurns(commands));
    }

    private Map<String, List<Double>> inTurns(Map<String, List<String>> commands) throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int run = 0; run <= RUNS; run++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double millis = millis(command.getValue());
                // The first turn fills the page cache, and the launcher may build.
                if (run > 0) {
                    times.computeIfAbsent(command.getKey(), name -> new ArrayList<>())
                            .add(millis);
                }
            }
        }
        return times;
    }

    private double millis(List<String> command) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        int status = process.waitFor();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (status != 0) {
            throw new AssertionError(command + ": " + Files.readString(directory.resolve("out")));
        }
        return millis;
    }

    private void print(List<String> names, Map<String, List<Double>> times) {
        out.printf(Locale.ROOT, "%-26s %10s %10s %10s%n", "cold, ms of " + RUNS, "median", "least", "most");
        for (String name : names) {
            List<Double> sorted = times.get(name).stream().sorted().toList();
            out.printf(
                    Locale.ROOT,
                    "%-26s %10.0f %10.0f %10.0f%n",
                    name,
                    median(sorted),
                    sorted.getFirst(),
                    sorted.getLast());
        }
    }

    private void warm() throws Exception {
        out.printf(Locale.ROOT, "%n%-10s %8s %12s %10s%n", "builders", "outputs", "kit, bytes", "warm, ms");
        for (int outputs : new int[] {1, 100, 10_000}) {
            for (int builders : new int[] {3, 5, 9, 15}) {
                warm(builders, outputs);
            }
        }
    }

    private void warm(int builders, int outputs) throws Exception {
        List<Output> files = IntStream.range(0, outputs)
                .<Output>mapToObj(i -> {
                    String name = "usr/share/package/file-" + i;
                    return new Output.File(new RelativePath(name), false, name.length(), Sha256.of(name));
                })
                .toList();
        CertifiedRound round = CertifiedRound.of(start(), builders, new OutputSet(files));
        byte[] kit = round.kit().bytes();
        var verifier = new Verifier(round.trust(), round.policy(), Instant.now(), Optional.empty());
        var artifact = new Artifact("file", Sha256.of("usr/share/package/file-0"));
        // Fewer where one takes seconds; the code is warm from the small rounds by then.
        int runs = outputs > 1000 ? 3 : 2 * RUNS;
        List<Double> times = Stream.generate(() -> millis(verifier, artifact, kit))
                .limit(2L * runs)
                .skip(runs)
                .sorted()
                .toList();
        out.printf(Locale.ROOT, "%-10d %8d %,12d %10.1f%n", builders, outputs, kit.length, median(times));
    }

    private static double millis(Verifier verifier, Artifact artifact, byte[] kit) {
        long begin = System.nanoTime();
        Report report = verifier.verify(List.of(artifact), kit, "kit");
        if (report.outcome() != Report.Outcome.VERIFIED) {
            throw new AssertionError(report.refusals().toString());
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private static double median(List<Double> sorted) {
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static Instant start() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(120);
    }
}
