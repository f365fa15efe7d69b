package dev.quorate.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Names the targets of a package, and is a test of each. */
public interface Fuzzed {
    /** Mutants of a target beside its seeds, and their flips and truncations; of a costly one a tenth, and no more. */
    int INPUTS = Integer.getInteger("quorate.fuzz.inputs", 1000);

    /** Decides what the mutants are. */
    long SEED = Long.getLong("quorate.fuzz.seed", 1);

    /** Where inputs that fail are written. */
    Path DIRECTORY = Path.of("target", "fuzz");

    /** The package's readers. */
    List<Target> targets() throws Exception;

    /** A test for each target. */
    @TestFactory
    default Stream<DynamicTest> everyTargetReadsOrRefuses() throws Exception {
        Optional<Path> replayed =
                Optional.ofNullable(System.getProperty("quorate.fuzz.replay")).map(Path::of);
        List<Target> targets = targets();
        if (replayed.isPresent()) {
            String name = replayed.get().getFileName().toString();
            return targets.stream()
                    .filter(target -> name.startsWith(target.name() + "."))
                    .map(target ->
                            DynamicTest.dynamicTest(name, () -> target.reads(Files.readAllBytes(replayed.get()))));
        }
        var fed = new AtomicLong();
        var read = new AtomicLong();
        return targets.stream()
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> {
                    requireSeeds(target);
                    new Inputs(target, new SplittableRandom(SEED)).forEach(INPUTS, bytes -> {
                        fed.incrementAndGet();
                        if (fed(target, bytes)) {
                            read.incrementAndGet();
                        }
                    });
                }))
                .onClose(() -> System.out.printf(
                        "fuzz: %s: %d targets, %d inputs, of which %d were read and all others refused%n",
                        getClass().getSimpleName(), targets.size(), fed.get(), read.get()));
    }

    private static void requireSeeds(Target target) {
        if (!target.reads(target.seeds().getFirst())) {
            throw new AssertionError(
                    target.name() + " refuses its own first seed, so that its mutants would show nothing");
        }
    }

    private static boolean fed(Target target, byte[] bytes) {
        try {
            return target.reads(bytes);
        } catch (AssertionError e) {
            throw new AssertionError(
                    target.name() + ": " + e.getMessage() + "; the input is " + kept(target, bytes), e);
        }
    }

    private static String kept(Target target, byte[] bytes) {
        try {
            Path file = Files.createDirectories(DIRECTORY).resolve(target.name() + ".failed");
            return Files.write(file, bytes) + ", replayed with -Dquorate.fuzz.replay=" + file.toAbsolutePath();
        } catch (IOException e) {
            return "lost: " + e.getMessage();
        }
    }
}
