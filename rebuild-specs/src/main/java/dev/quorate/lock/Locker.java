package dev.quorate.lock;

import dev.quorate.inputs.Fetcher;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputUnavailableException;
import dev.quorate.inputs.MachineInputs;
import dev.quorate.inputs.apt.AptArchive;
import dev.quorate.inputs.apt.AptUnusableException;
import dev.quorate.inputs.apt.ArchivePackage;
import dev.quorate.inputs.apt.SourcePackage;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.Recipe;
import dev.quorate.spec.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pins every input of a spec. */
public final class Locker {
    private static final Comparator<LockedFile> ORDER =
            Comparator.comparing((LockedFile file) -> file.role().name()).thenComparing(LockedFile::path);

    private final FileCache cache;
    private final MachineInputs inputs;
    private final TrialBuild trial;

    /**
     * A locker that takes everything through the machine's own configuration.
     *
     * @param cache gets every pinned file
     * @param trial is asked only for specs of kind {@link Recipe.Kind#MAVEN}
     */
    public Locker(FileCache cache, MachineInputs inputs, TrialBuild trial) {
        this.cache = cache;
        this.inputs = inputs;
        this.trial = trial;
    }

    /**
     * The spec with all inputs pinned as the archives have them now; an earlier lock counts for nothing.
     *
     * @throws LockException if an input is not to be had
     */
    public RebuildSpec lock(RebuildSpec spec) throws LockException, IOException, InterruptedException {
        try {
            List<LockedFile> pins = new ArrayList<>();
            AptArchive archive = inputs.apt().archive(spec.environment().suite());
            archive.update();
            var sources = new SourceLock(inputs, cache, archive.suite());
            for (Source source : spec.sources()) {
                sources.add(source);
            }
            pins.addAll(sources.pins());
            for (ArchivePackage found : environment(spec, archive, sources.debian())) {
                pins.addAll(found.pins(LockedFile.Role.ENVIRONMENT, archive.suite()));
            }
            Fetcher.of(cache, inputs.sources()).fetchAll(pins);
            if (spec.recipe().kind() == Recipe.Kind.MAVEN) {
                pins.addAll(repository(spec.withLock(sorted(pins))));
            }
            return spec.withLock(sorted(pins));
        } catch (AptUnusableException | InputUnavailableException | MalformedException e) {
            throw new LockException(e.getMessage(), e);
        }
    }

    private static List<ArchivePackage> environment(RebuildSpec spec, AptArchive archive, List<SourcePackage> debian)
            throws AptUnusableException, MalformedException, IOException, InterruptedException {
        List<String> relations = new ArrayList<>();
        // Essential packages ask for `usrmerge | usr-is-merged`. A fresh root is merged from its first file on, and apt
        // takes the second only if it was chosen before.
        if (archive.has("usr-is-merged")) {
            relations.add("usr-is-merged");
        }
        relations.addAll(archive.essential());
        relations.add("build-essential");
        relations.add("fakeroot");
        relations.addAll(spec.environment().packages());
        List<String> conflicts = new ArrayList<>();
        if (spec.recipe().kind() == Recipe.Kind.DEBIAN) {
            debian.forEach(source -> relations.addAll(source.depends()));
            debian.forEach(source -> conflicts.addAll(source.conflicts()));
        }
        return archive.closure(relations, conflicts, profiles(spec.recipe()));
    }

    private List<LockedFile> repository(RebuildSpec spec) throws LockException, IOException, InterruptedException {
        try (var repository = RecordingRepository.start(inputs.maven(), cache)) {
            trial.run(spec, cache, repository.uri());
            return repository.recorded();
        }
    }

    private static List<String> profiles(Recipe recipe) {
        String profiles = recipe.variables().getOrDefault("DEB_BUILD_PROFILES", "");
        return profiles.isBlank() ? List.of() : List.of(profiles.strip().split("\\s+"));
    }

    private static List<LockedFile> sorted(List<LockedFile> pins) {
        return pins.stream().sorted(ORDER).toList();
    }
}
