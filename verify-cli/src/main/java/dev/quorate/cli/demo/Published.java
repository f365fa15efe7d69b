package dev.quorate.cli.demo;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.MachineInputs;
import dev.quorate.inputs.StoredFile;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.inputs.apt.AptUnusableException;
import dev.quorate.inputs.maven.MavenPath;
import dev.quorate.inputs.maven.MavenUnusableException;
import dev.quorate.inputs.web.HttpFailedException;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.Locator;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.RelativePath;
import dev.quorate.spec.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that the world's archive publishes under an output's name.
 *
 * @param archive whose it is
 */
record Published(String archive, Sha256 sha256) {

    /** Looks in the archive that the spec's sources come from; empty if it has no such file or cannot be reached. */
    static Optional<Published> find(RebuildSpec spec, String output, Path cache)
            throws IOException, InterruptedException {
        try {
            MachineInputs inputs = MachineInputs.present(cache.resolve("state"), spec.platform());
            return switch (spec.recipe().kind()) {
                case DEBIAN ->
                    inputs.apt()
                            .archive(spec.environment().suite())
                            .published(output)
                            .map(file -> new Published("Debian", file.sha256()));
                case MAVEN -> maven(spec, output, inputs, cache);
                case SCRIPT -> Optional.empty();
            };
        } catch (AptUnusableException
                | MavenUnusableException
                | WrongBytesException
                | HttpFailedException
                | MalformedException e) {
            return Optional.empty();
        }
    }

    private static Optional<Published> maven(RebuildSpec spec, String output, MachineInputs inputs, Path cache)
            throws HttpFailedException, MavenUnusableException, WrongBytesException, IOException, InterruptedException {
        for (Source source : spec.sources()) {
            if (source instanceof Source.Packaged(Locator.Package locator)
                    && output.startsWith(locator.purl().getName() + "-")) {
                String sibling = MavenPath.of(locator.purl()).text();
                var path = new RelativePath(sibling.substring(0, sibling.lastIndexOf('/') + 1) + output);
                Optional<StoredFile> file = inputs.maven().add(path, new FileCache(cache));
                return file.map(stored -> new Published("Maven Central", stored.sha256()));
            }
        }
        return Optional.empty();
    }

    /** One line that compares. */
    String compare(String output, Sha256 ours) {
        return ours.equals(sha256)
                ? output + " equals " + archive + "'s own file, SHA-256 " + sha256
                : output + " differs from " + archive + "'s own file: ours is " + ours + ", theirs " + sha256;
    }
}
