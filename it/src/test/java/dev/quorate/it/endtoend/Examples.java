package dev.quorate.it.endtoend;

import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.cluster.Kept;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The repository's example specs, locked once and kept below {@code target}, with one download cache for all tests. */
final class Examples {
    private static final Path HOME =
            Path.of(System.getProperty("quorate.home", "..")).toAbsolutePath().normalize();
    private static final Path DIRECTORY = HOME.resolve("it/target/endtoend");

    private Examples() {}

    static Path home() {
        return HOME;
    }

    static Kept kept() {
        return new Kept(DIRECTORY);
    }

    /** The root file systems that locks' trial builds assembled. */
    static Path trialRoots() throws IOException {
        return Files.createDirectories(DIRECTORY.resolve("trial/roots"));
    }

    static Path helloInC() throws IOException, MalformedException {
        return locked(
                "c-hello/hello.rebuild.yaml", Files.readString(HOME.resolve("examples/c-hello/hello.rebuild.yaml")));
    }

    /** The same program, built slowly enough that something can happen meanwhile. */
    static Path slowHello() throws IOException, MalformedException {
        String text = Files.readString(HOME.resolve("examples/c-hello/hello.rebuild.yaml"));
        String slow = text.replace("name: hello", "name: slow-hello").replace("    gcc ", "    sleep 8\n    gcc ");
        return locked("c-hello/slow.rebuild.yaml", slow);
    }

    static Path fileManagement() throws IOException, MalformedException {
        String name = "maven-file-management/file-management.rebuild.yaml";
        return locked(name, Files.readString(HOME.resolve("examples").resolve(name)));
    }

    static Path debvm() throws IOException, MalformedException {
        String name = "debian-debvm/debvm.rebuild.yaml";
        return locked(name, Files.readString(HOME.resolve("examples").resolve(name)));
    }

    private static Path locked(String name, String text) throws IOException, MalformedException {
        Path spec = DIRECTORY.resolve("specs").resolve(name);
        if (Files.exists(spec)
                && RebuildSpec.parse(Files.readAllBytes(spec), name).isLocked()) {
            return spec;
        }
        Files.createDirectories(spec.getParent());
        Path draft = spec.resolveSibling("draft-" + spec.getFileName());
        Files.writeString(draft, text);
        new CommandLine(DIRECTORY)
                .require(
                        "spec",
                        "lock",
                        "--cache",
                        kept().downloads().toString(),
                        "--trial",
                        DIRECTORY.resolve("trial").toString(),
                        draft.toString());
        return Files.move(draft, spec, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
