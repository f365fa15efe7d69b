package dev.quorate.inputs.apt;

import dev.quorate.deb822.Paragraph;
import dev.quorate.deb822.Paragraphs;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The archive's signed indices as apt keeps them; read as a stream, since they are large. */
final class AptIndex {
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");

    private final AptState state;

    AptIndex(AptState state) {
        this.state = state;
    }

    /** Sees every paragraph, with the base URI of the repository that it stands in. */
    interface Visitor {
        void visit(Paragraph paragraph, String repository) throws MalformedException;
    }

    void packages(Visitor visitor) throws IOException, InterruptedException, MalformedException {
        visit("Packages", visitor);
    }

    void sources(Visitor visitor) throws IOException, InterruptedException, MalformedException {
        visit("Sources", visitor);
    }

    Set<String> repositories() throws IOException, InterruptedException {
        Set<String> repositories = new TreeSet<>();
        targets("Packages").forEach(line -> repositories.add(line.substring(0, line.indexOf(' '))));
        return repositories;
    }

    static ArchivePackage binary(Paragraph paragraph, String repository) throws MalformedException {
        return new ArchivePackage(
                paragraph.text("Package"),
                paragraph.text("Version"),
                paragraph.text("Architecture"),
                files(paragraph, repository));
    }

    static SourcePackage source(Paragraph paragraph, String repository) throws MalformedException {
        var files = new ArchivePackage(
                paragraph.text("Package"), paragraph.text("Version"), "source", files(paragraph, repository));
        return new SourcePackage(
                files,
                values(paragraph, "Build-Depends", "Build-Depends-Arch", "Build-Depends-Indep"),
                values(paragraph, "Build-Conflicts", "Build-Conflicts-Arch", "Build-Conflicts-Indep"));
    }

    /** The file of a binary package, or those of a source package. */
    static List<ArchiveFile> files(Paragraph paragraph, String repository) throws MalformedException {
        try {
            Optional<String> binary = paragraph.get("Filename");
            if (binary.isPresent()) {
                return List.of(file(repository, binary.get(), paragraph.text("Size"), paragraph.text("SHA256")));
            }
            List<ArchiveFile> files = new ArrayList<>();
            for (String line : paragraph.lines("Checksums-Sha256")) {
                String[] words = line.split("\\s+");
                if (words.length != 3) {
                    throw new IllegalArgumentException("a checksum line has three words");
                }
                files.add(file(repository, paragraph.text("Directory") + "/" + words[2], words[1], words[0]));
            }
            return files;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("apt's index of " + repository, e.getMessage());
        }
    }

    private static ArchiveFile file(String repository, String path, String size, String sha256) {
        var relative = RelativePath.parse(path);
        // apt takes a URI as the index writes it: it quotes what a transport needs quoted.
        return new ArchiveFile(
                RelativePath.parse(relative.fileName()),
                repository + relative.text(),
                size(size),
                Sha256.parse(sha256));
    }

    private static long size(String digits) {
        if (!SIZE.matcher(digits).matches()) {
            throw new IllegalArgumentException("a size is a number of bytes");
        }
        return Long.parseLong(digits);
    }

    private static List<String> values(Paragraph paragraph, String... names) {
        return List.of(names).stream()
                .flatMap(name -> paragraph.get(name).stream())
                .map(value -> value.replace('\n', ' ').strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private void visit(String kind, Visitor visitor) throws IOException, InterruptedException, MalformedException {
        for (String target : targets(kind)) {
            String repository = target.substring(0, target.indexOf(' '));
            String file = target.substring(target.indexOf(' ') + 1);
            Optional<MalformedException> wrong = state.command(List.of("/usr/lib/apt/apt-helper", "cat-file", file))
                    .run(output -> {
                        try {
                            Paragraphs paragraphs = Paragraphs.of(output, file);
                            for (var next = paragraphs.next(); next.isPresent(); next = paragraphs.next()) {
                                visitor.visit(next.get(), repository);
                            }
                            return Optional.empty();
                        } catch (MalformedException e) {
                            return Optional.of(e);
                        }
                    });
            if (wrong.isPresent()) {
                throw wrong.get();
            }
        }
    }

    private List<String> targets(String kind) throws IOException, InterruptedException {
        return state.text(List.of(
                        "apt-get", "indextargets", "--format", "$(REPO_URI) $(FILENAME)", "Created-By: " + kind))
                .lines()
                .sorted()
                .distinct()
                .toList();
    }
}
