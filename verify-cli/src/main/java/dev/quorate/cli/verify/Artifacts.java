package dev.quorate.cli.verify;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.verify.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Hashes the files that somebody wants to use, each once, as many at a time as there are processors. */
final class Artifacts {
    private Artifacts() {}

    static List<Artifact> hash(Surroundings here, List<String> names) throws RefusedException, InterruptedException {
        List<GivenFile> files = new ArrayList<>();
        for (String name : names) {
            files.add(GivenFile.of(here, name));
        }
        if (files.size() == 1) {
            return List.of(hash(files.getFirst()));
        }
        int threads = Math.min(files.size(), Runtime.getRuntime().availableProcessors());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Artifact>> running = new ArrayList<>();
            files.forEach(file -> running.add(pool.submit(() -> hash(file))));
            List<Artifact> artifacts = new ArrayList<>();
            for (Future<Artifact> future : running) {
                artifacts.add(result(future));
            }
            return artifacts;
        }
    }

    private static Artifact hash(GivenFile file) throws RefusedException {
        return new Artifact(file.printable(), file.sha256());
    }

    private static Artifact result(Future<Artifact> future) throws RefusedException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
