package dev.quorate.coordinator.config;

import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.nio.file.Path;

/** A certificate chain and its private key, both PEM. */
public record TlsFiles(Path certificate, Path key) {
    static TlsFiles read(Fields fields, Path directory) throws MalformedException {
        var files = new TlsFiles(
                fields.string("certificate", Config.path(directory)), fields.string("key", Config.path(directory)));
        fields.end();
        return files;
    }
}
