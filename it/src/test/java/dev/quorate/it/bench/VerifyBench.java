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
 * several sizes, with the size of their kits. Last, 200 artifacts of one release, cold again and in turns: one call of
 * {@code quorate verify} for all, and one of cosign for each. Arguments: the launcher, and an empty directory.
 */
final class VerifyBench {
    private static final int RUNS = 10;
    private static final int ARTIFACT = 10_000_000;
    private static final int MANY = 200;
    private static final int TURNS_OF_MANY = 3;

    private static final List<String> QUORATE_OPTIONS =
            List.of("--kit", "kit", "--trust", "trust.json", "--policy", "policy.json");

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
        bench.many();
    }

    private void cold() throws Exception {
        byte[] artifact = new byte[ARTIFACT];
        IntStream.range(0, artifact.length).forEach(i -> artifact[i] = (byte) (i * 31 ^ i >> 8));
        Files.write(directory.resolve("artifact"), artifact);
        var file = new Output.File(new RelativePath("artifact"), false, artifact.length, Sha256.of(artifact));
        CertifiedRound round = CertifiedRound.of(start(), 5, new OutputSet(List.of(file)));
        place(round);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(
                "quorate verify, 5 proofs",
                Stream.concat(Stream.of(launcher.toString(), "verify", "artifact"), QUORATE_OPTIONS.stream())
                        .toList());
        commands.put("cosign, 1 line", cosign(DebianTree.sid().program("cosign").toString(), "artifact"));
        commands.put("node -e 0", List.of("node", "-e", "0"));
        print("cold, ms of " + RUNS, inTurns(commands));
    }

    private static List<String> cosign(String program, String artifact) {
        return List.of(
                program,
                "verify-blob-attestation",
                "--key",
                "key.pub",
                "--trusted-root",
                "trusted_root.json",
                "--bundle",
                "line.json",
                "--type",
                Certificate.TYPE,
                artifact);
    }

    /** What both tools read of a round. */
    private void place(CertifiedRound round) throws Exception {
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

    private void print(String title, Map<String, List<Double>> times) {
        out.printf(Locale.ROOT, "%-26s %10s %10s %10s%n", title, "median", "least", "most");
        times.forEach((name, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            out.printf(
                    Locale.ROOT,
                    "%-26s %10.0f %10.0f %10.0f%n",
                    name,
                    median(sorted),
                    sorted.getFirst(),
                    sorted.getLast());
        });
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

    private void many() throws Exception {
        List<String> names = IntStream.range(0, MANY).mapToObj(i -> "many-" + i).toList();
        List<Output> files = new ArrayList<>();
        for (String name : names) {
            Files.writeString(directory.resolve(name), name);
            files.add(new Output.File(new RelativePath(name), false, name.length(), Sha256.of(name)));
        }
        CertifiedRound round = CertifiedRound.of(start(), 5, new OutputSet(files));
        place(round);
        List<String> quorate = Stream.of(List.of(launcher.toString(), "verify"), names, QUORATE_OPTIONS)
                .flatMap(List::stream)
                .toList();
        String program = DebianTree.sid().program("cosign").toString();
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int turn = 0; turn <= TURNS_OF_MANY; turn++) {
            double one = millis(quorate);
            double all = 0;
            for (String name : names) {
                all += millis(cosign(program, name));
            }
            if (turn > 0) {
                times.computeIfAbsent("quorate verify, 1 call", n -> new ArrayList<>())
                        .add(one);
                times.computeIfAbsent("cosign, " + MANY + " calls", n -> new ArrayList<>())
                        .add(all);
            }
        }
        out.println();
        print(MANY + " artifacts, ms of " + TURNS_OF_MANY, times);
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
