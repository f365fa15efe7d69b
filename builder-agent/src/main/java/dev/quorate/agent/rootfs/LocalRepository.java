package dev.quorate.agent.rootfs;

import dev.quorate.agent.unpack.CheckedCopy;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A flat apt repository of exactly the locked packages. */
final class LocalRepository {
    private final StringBuilder index = new StringBuilder();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final String architecture;

    private LocalRepository(String architecture) {
        this.architecture = architecture;
    }

    /**
     * Copies the packages and writes their index.
     *
     * @return what to install, {@code name=version} each
     */
    static List<String> write(
            List<LockedFile> packages, String architecture, Function<Sha256, Path> files, Path directory)
            throws IOException, MalformedException {
        var repository = new LocalRepository(architecture);
        for (LockedFile file : packages) {
            Path copy = directory.resolve(file.sha256().hex() + ".deb");
            CheckedCopy.copy(files.apply(file.sha256()), file.sha256(), copy);
            repository.add(file, ControlStanza.of(copy, file.path().text()));
        }
        Files.writeString(directory.resolve("Packages"), repository.index);
        List<String> wanted = new ArrayList<>();
        repository.versions.forEach((name, version) -> wanted.add(name + "=" + version));
        return wanted;
    }

    private void add(LockedFile file, ControlStanza stanza) throws MalformedException {
        String name = Printable.of(file.path().text());
        if (!stanza.architecture().equals("all") && !stanza.architecture().equals(architecture)) {
            throw new MalformedException(name, "is for " + stanza.architecture() + ", the build for " + architecture);
        }
        if (versions.putIfAbsent(stanza.packageName(), stanza.version()) != null) {
            throw new MalformedException(name, "is a second package named " + stanza.packageName() + "; lock only one");
        }
        stanza.fields()
                .forEach((field, value) -> index.append(field)
                        .append(value.startsWith("\n") ? ":" : ": ")
                        .append(value)
                        .append('\n'));
        index.append("Filename: ./").append(file.sha256().hex()).append(".deb\n");
        index.append("Size: ").append(file.size()).append('\n');
        index.append("SHA256: ").append(file.sha256().hex()).append("\n\n");
    }
}
