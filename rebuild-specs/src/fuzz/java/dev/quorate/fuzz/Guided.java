package dev.quorate.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets Jazzer find inputs of one module's targets, led by coverage, each in a JVM of its own whose classes Jazzer changes.
 *
 * <pre>
 * java -cp … dev.quorate.fuzz.Guided SECONDS [TARGET…]
 * </pre>
 *
 * What it found is in {@code target/fuzz/<target>/}; what covers new code, in {@code corpus} there, is where the next run
 * begins.
 */
public final class Guided {
    private static final Path CLASSES = Path.of("target", "test-classes");
    private static Target chosen;

    private Guided() {}

    /** Jazzer calls this first, with the name of a class and of a target. */
    public static void fuzzerInitialize(String[] args) throws Exception {
        chosen = targets(args[0]).stream()
                .filter(target -> target.name().equals(args[1]))
                .findFirst()
                .orElseThrow();
    }

    /** Jazzer calls this with what it made up. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        chosen.reads(bytes);
    }

    /** Runs the targets of the module whose directory this is, one after the other. */
    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[0]);
        List<String> wanted = List.of(args).subList(1, args.length);
        int failed = 0;
        for (String name : fuzzed()) {
            for (Target target : targets(name)) {
                if (wanted.isEmpty() || wanted.contains(target.name())) {
                    failed += run(name, target, seconds) == 0 ? 0 : 1;
                }
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static List<String> fuzzed() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith("FuzzTest.class"))
                    .map(file -> file.substring(0, file.lastIndexOf('.')).replace(File.separatorChar, '.'))
                    .sorted()
                    .toList();
        }
    }

    private static List<Target> targets(String name) throws Exception {
        var constructor = Class.forName(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Fuzzed) constructor.newInstance()).targets();
    }

    private static int run(String fuzzed, Target target, int seconds) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Fuzzed.DIRECTORY.resolve(target.name()));
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(corpus.resolve("seed-" + i), target.seeds().get(i));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Guided.class.getName(),
                "--target_args=" + fuzzed + " " + target.name(),
                "--instrumentation_includes=dev.quorate.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-max_total_time=" + seconds,
                "-max_len=65536",
                "-rss_limit_mb=0",
                "-timeout=60",
                "-print_final_stats=1",
                corpus.toString()));
        Path log = directory.resolve("log");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        System.out.printf("fuzz: %s %s: %s%n", target.name(), status == 0 ? "found nothing" : "FAILED", said(log));
        return status;
    }

    private static String said(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("stat::number_of_executed_units")
                            || line.startsWith("== Java Exception")
                            || line.contains("Test unit written to"))
                    .reduce(log.toString(), (a, b) -> a + "; " + b);
        }
    }
}
