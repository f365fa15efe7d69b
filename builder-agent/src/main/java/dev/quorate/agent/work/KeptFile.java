package dev.quorate.agent.work;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** A file in a round's directory. */
record KeptFile(RelativePath path, Sha256 sha256) {
    static KeptFile read(Fields fields) throws MalformedException {
        var file = new KeptFile(fields.string("path", RelativePath::parse), fields.string("sha256", Sha256::parse));
        fields.end();
        return file;
    }

    /** Hashes a file that is there. */
    static KeptFile of(Path directory, Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new KeptFile(relative(directory, file), Sha256.ofDigest(digest.digest()));
    }

    /** Writes a small file. */
    static KeptFile write(Path directory, String name, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Durable.write(directory.resolve(name), content);
        return new KeptFile(RelativePath.parse(name), Sha256.of(content));
    }

    /** Where a file lies below the round's directory. */
    static RelativePath relative(Path directory, Path file) {
        Path from = directory.toAbsolutePath().normalize();
        return RelativePath.parse(
                from.relativize(file.toAbsolutePath().normalize()).toString());
    }

    Json.Obj json() {
        return Json.object()
                .put("path", path.text())
                .put("sha256", sha256.hex())
                .build();
    }
}
