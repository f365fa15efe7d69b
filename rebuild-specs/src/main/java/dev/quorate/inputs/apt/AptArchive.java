package dev.quorate.inputs.apt;

import dev.quorate.deb822.Paragraph;
import dev.quorate.digest.Sha256;
import dev.quorate.inputs.process.CommandFailedException;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Debian suite on one architecture, as the machine's mirrors serve it. */
public final class AptArchive {
    private static final int FILES_A_RUN = 64;
    private static final Pattern PRINTED_URI = Pattern.compile("'[^']+' ([^_ ]+)_([^_ ]+)_([^_ ]+)\\.deb .*");

    private final AptState state;
    private final AptIndex index;
    private final String suite;
    private boolean updated;

    private AptArchive(AptState state, String suite) {
        this.state = state;
        this.index = new AptIndex(state);
        this.suite = suite;
    }

    /**
     * Prepares a private apt state below a directory; indices from an earlier time are used until
     * {@link #update}.
     *
     * @param architecture Debian's name, {@code amd64}
     * @throws AptUnusableException if there is no apt here or it has no mirror
     */
    public static AptArchive open(AptMachine machine, Path directory, String suite, String architecture)
            throws AptUnusableException, IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            throw new AptUnusableException(
                    "this machine has no apt, so Debian packages can only come from the cache; install apt");
        }
        String sources = MachineSources.read(machine.etcApt()).forSuite(suite, machine.ownSuites());
        AptState state = AptState.open(directory.resolve(suite + "-" + architecture), sources, architecture);
        var archive = new AptArchive(state, suite);
        if (!state.hasIndices()) {
            archive.update();
        }
        return archive;
    }

    /** Reads the archive's present indices, once in the life of this object. */
    public synchronized void update() throws AptUnusableException, IOException, InterruptedException {
        if (!updated) {
            state.update();
            updated = true;
        }
    }

    /** The suite's code name. */
    public String suite() {
        return suite;
    }

    /** Names of the packages without which no Debian system is, sorted. */
    public List<String> essential() throws IOException, InterruptedException, MalformedException {
        Set<String> names = new HashSet<>();
        index.packages((paragraph, uri) -> {
            if (paragraph.text("Essential").equals("yes")) {
                names.add(paragraph.text("Package"));
            }
        });
        return names.stream().sorted().toList();
    }

    /** Whether there is a package of that name. */
    public boolean has(String name) throws IOException, InterruptedException, MalformedException {
        Set<String> found = new HashSet<>();
        index.packages((paragraph, uri) -> {
            if (paragraph.text("Package").equals(name)) {
                found.add(name);
            }
        });
        return !found.isEmpty();
    }

    /** A source package in exactly that version, if the suite has it. */
    public Optional<SourcePackage> source(String name, String version)
            throws IOException, InterruptedException, MalformedException {
        List<SourcePackage> found = new ArrayList<>();
        index.sources((paragraph, uri) -> {
            if (paragraph.text("Package").equals(name)
                    && paragraph.text("Version").equals(version)) {
                found.add(AptIndex.source(paragraph, uri));
            }
        });
        return found.stream().findFirst();
    }

    /**
     * What apt would install on an empty system to satisfy the relations, without recommendations; sorted by name.
     *
     * @param relations dependency fields, {@code debhelper-compat (= 13), python3:any}
     * @param conflicts what must not be installed
     * @param profiles Debian build profiles that are active, {@code nocheck}
     * @throws AptUnusableException if there is no solution, with apt's words
     */
    public List<ArchivePackage> closure(List<String> relations, List<String> conflicts, List<String> profiles)
            throws AptUnusableException, IOException, InterruptedException, MalformedException {
        List<String> arguments = new ArrayList<>(List.of("apt-get", "-q", "-y", "--print-uris"));
        profiles.forEach(profile -> arguments.addAll(List.of("-o", "APT::Build-Profiles::=" + profile)));
        arguments.add("satisfy");
        arguments.add(String.join(", ", relations));
        if (!conflicts.isEmpty()) {
            arguments.add("Conflicts: " + String.join(", ", conflicts));
        }
        try {
            return named(state.text(arguments));
        } catch (CommandFailedException e) {
            throw new AptUnusableException(
                    "apt finds no set of packages in " + suite + " for the build dependencies: "
                            + Printable.of(unmet(e)),
                    e);
        }
    }

    /** Those of the wanted digests that the indices name. */
    public Map<Sha256, ArchiveFile> locate(Collection<Sha256> wanted)
            throws IOException, InterruptedException, MalformedException {
        Map<Sha256, ArchiveFile> found = new HashMap<>();
        AptIndex.Visitor visitor = (paragraph, uri) -> AptIndex.files(paragraph, uri).stream()
                .filter(file -> wanted.contains(file.sha256()))
                .forEach(file -> found.putIfAbsent(file.sha256(), file));
        index.packages(visitor);
        if (!found.keySet().containsAll(wanted)) {
            index.sources(visitor);
        }
        return found;
    }

    /** The binary package file of that name, as the suite has it now. */
    public Optional<ArchiveFile> published(String fileName)
            throws IOException, InterruptedException, MalformedException {
        List<ArchiveFile> found = new ArrayList<>();
        index.packages((paragraph, uri) -> AptIndex.files(paragraph, uri).stream()
                .filter(file -> file.name().fileName().equals(fileName))
                .forEach(found::add));
        return found.stream().findFirst();
    }

    /** Lets apt download files into a directory, under their names; those that fail are not there afterwards. */
    void download(List<ArchiveFile> files, Path into) throws IOException, InterruptedException {
        for (int start = 0; start < files.size(); start += FILES_A_RUN) {
            List<String> arguments = new ArrayList<>(List.of("/usr/lib/apt/apt-helper", "-q", "download-file"));
            for (ArchiveFile file : files.subList(start, Math.min(files.size(), start + FILES_A_RUN))) {
                // apt would use a local mirror's file where it lies, and leave nothing in our directory.
                arguments.add(file.uri().replaceFirst("^file:", "copy:"));
                arguments.add(into.resolve(file.name().fileName()).toString());
                arguments.add("SHA256:" + file.sha256());
            }
            try {
                state.text(arguments);
            } catch (CommandFailedException e) {
                // One vanished file fails the run, not the others in it: what counts is what came.
                continue;
            }
        }
    }

    Path downloads() {
        return state.downloads();
    }

    /** Mirrors of the sources, for messages. */
    Set<String> mirrors() throws IOException, InterruptedException {
        return index.repositories();
    }

    private List<ArchivePackage> named(String printedUris)
            throws IOException, InterruptedException, MalformedException, AptUnusableException {
        Set<String> keys = new LinkedHashSet<>();
        printedUris
                .lines()
                .map(PRINTED_URI::matcher)
                .filter(Matcher::matches)
                .forEach(line -> keys.add(key(line.group(1), line.group(2).replace("%3a", ":"), line.group(3))));
        Map<String, ArchivePackage> found = new HashMap<>();
        index.packages((paragraph, uri) -> {
            String key = key(paragraph);
            if (keys.contains(key)) {
                found.putIfAbsent(key, AptIndex.binary(paragraph, uri));
            }
        });
        for (String key : keys) {
            if (!found.containsKey(key)) {
                throw new AptUnusableException("apt's indices do not name " + Printable.of(key) + "; try again");
            }
        }
        return keys.stream().sorted().map(found::get).toList();
    }

    private static String key(Paragraph paragraph) {
        return key(paragraph.text("Package"), paragraph.text("Version"), paragraph.text("Architecture"));
    }

    private static String key(String name, String version, String architecture) {
        return name + "_" + version + "_" + architecture;
    }

    /** apt lists what is unmet on its standard output, below a heading. */
    private static String unmet(CommandFailedException e) {
        int heading = e.output().indexOf("unmet dependencies:");
        return heading < 0
                ? e.getMessage()
                : e.output()
                        .substring(heading + "unmet dependencies:".length())
                        .strip()
                        .replaceAll("\\s+", " ");
    }
}
