package dev.quorate.cli.spec;

import dev.quorate.cli.Surroundings;
import dev.quorate.inputs.FileCache;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Printable;
import dev.quorate.lock.LockException;
import dev.quorate.lock.TrialBuild;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the trial build as a process of the agent, through the launcher: a lock learns from exactly the build that
 * builders will run, and the command line needs no builder on its class path.
 *
 * @param kept the agent's directory, which stays with the root file system in it; otherwise one is made and removed
 */
record LauncherTrial(Surroundings here, Path cache, Optional<Path> kept) implements TrialBuild {
    private static final long LONGEST_HOURS = 4;
    private static final int TAIL_BYTES = 64 * 1024;
    private static final int TAIL_LINES = 12;

    @Override
    public void run(RebuildSpec spec, FileCache files, URI repositoryMirror)
            throws LockException, IOException, InterruptedException {
        String launcher = here.variable("QUORATE_LAUNCHER")
                .orElseThrow(() -> new LockException(
                        "a Maven spec is locked by a trial build, which needs the launcher; start this as ./quorate"));
        Path directory = Files.createTempDirectory("quorate-trial");
        try {
            run(launcher, spec, repositoryMirror, directory, kept.orElse(directory.resolve("work")));
        } finally {
            remove(directory);
        }
    }

    private void run(String launcher, RebuildSpec spec, URI mirror, Path directory, Path agent)
            throws LockException, IOException, InterruptedException {
        Path file = directory.resolve("trial.rebuild.yaml");
        // JSON is YAML, so the canonical form is a spec file.
        Files.write(file, CanonicalJson.bytes(spec.json()));
        Path log = directory.resolve("trial.log");
        here.progress("trial build, to see what Maven asks for; this takes minutes");
        List<String> command = List.of(
                launcher,
                "agent",
                "trial",
                "--spec",
                file.toString(),
                "--cache",
                cache.toString(),
                "--mirror",
                mirror.toString(),
                "--dir",
                agent.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_HOURS, TimeUnit.HOURS)) {
                throw new LockException("the trial build took longer than " + LONGEST_HOURS + " hours");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new LockException("the trial build failed:\n" + tail(log));
        }
    }

    private static String tail(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] bytes = new byte[TAIL_BYTES];
            int n = Math.max(0, file.read(bytes));
            List<String> lines =
                    new String(bytes, 0, n, StandardCharsets.UTF_8).lines().toList();
            return String.join(
                    "\n",
                    lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                            .map(Printable::of)
                            .toList());
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(directory)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
