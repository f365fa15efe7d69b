package dev.quorate.lock;

import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.MachineInputs;
import dev.quorate.inputs.StoredFile;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.inputs.apt.AptUnusableException;
import dev.quorate.inputs.apt.SourcePackage;
import dev.quorate.inputs.maven.MavenPath;
import dev.quorate.inputs.maven.MavenUnusableException;
import dev.quorate.inputs.web.HttpFailedException;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import dev.quorate.spec.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the sources of a spec into pins; remembers what the Debian ones need to be built. */
final class SourceLock {
    private final MachineInputs inputs;
    private final FileCache cache;
    private final String suite;
    private final List<LockedFile> pins = new ArrayList<>();
    private final List<SourcePackage> debian = new ArrayList<>();

    SourceLock(MachineInputs inputs, FileCache cache, String suite) {
        this.inputs = inputs;
        this.cache = cache;
        this.suite = suite;
    }

    List<LockedFile> pins() {
        return List.copyOf(pins);
    }

    List<SourcePackage> debian() {
        return List.copyOf(debian);
    }

    void add(Source source) throws LockException, IOException, InterruptedException {
        try {
            switch (source) {
                case Source.Packaged packaged -> addPackage(packaged.locator());
                case Source.Git git -> {
                    StoredFile tar = inputs.git().add(git.locator(), cache);
                    pin(RelativePath.parse(git.into().text() + ".tar"), git.locator(), tar);
                }
                case Source.Url url ->
                    pin(url.into(), url.locator(), inputs.web().add(url.locator(), url.sha256(), cache));
                // Its text stands in the spec, which pins it.
                case Source.Inline inline -> {}
            }
        } catch (HttpFailedException
                | WrongBytesException
                | AptUnusableException
                | MavenUnusableException
                | MalformedException
                | IllegalArgumentException e) {
            throw new LockException(name(source) + " cannot be pinned: " + e.getMessage(), e);
        }
    }

    private void addPackage(Locator.Package locator)
            throws LockException, HttpFailedException, WrongBytesException, AptUnusableException,
                    MavenUnusableException, MalformedException, IOException, InterruptedException {
        switch (locator.purl().getType()) {
            case "deb" -> addDebian(locator);
            case "maven" -> {
                RelativePath path = MavenPath.of(locator.purl());
                Optional<StoredFile> file = inputs.maven().add(path, cache);
                if (file.isEmpty()) {
                    throw new LockException(locator + " is not in this machine's Maven repository; check its version,"
                            + " type and classifier");
                }
                pin(RelativePath.parse(path.fileName()), locator, file.get());
            }
            default ->
                throw new LockException(locator + " cannot be pinned: sources are deb or maven packages, git commits"
                        + " or urls; give the tarball as a url with its sha256");
        }
    }

    private void addDebian(Locator.Package locator)
            throws LockException, AptUnusableException, MalformedException, IOException, InterruptedException {
        var purl = locator.purl();
        if (purl.getQualifiers() == null
                || !"source".equals(purl.getQualifiers().get("arch"))) {
            throw new LockException(locator + " is not a source package; write ?arch=source after the version");
        }
        Optional<SourcePackage> found = inputs.apt().archive(suite).source(purl.getName(), purl.getVersion());
        if (found.isEmpty()) {
            throw new LockException(suite + " has no source package " + Printable.of(purl.getName()) + " "
                    + Printable.of(purl.getVersion()) + "; an archive keeps only its present versions: look which one"
                    + " it has with `apt-cache showsrc`");
        }
        debian.add(found.get());
        pins.addAll(found.get().files().pins(LockedFile.Role.SOURCE, suite));
    }

    private void pin(RelativePath path, Locator from, StoredFile file) {
        pins.add(new LockedFile(LockedFile.Role.SOURCE, path, from, file.size(), file.sha256()));
    }

    private static String name(Source source) {
        return switch (source) {
            case Source.Packaged packaged -> packaged.locator().toString();
            case Source.Git git -> git.locator().toString();
            case Source.Url url -> url.locator().toString();
            case Source.Inline inline -> inline.path().text();
        };
    }
}
