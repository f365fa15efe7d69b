package dev.quorate.coordinator.desk;

import dev.quorate.export.BuilderLink;
import dev.quorate.export.LinkKey;
import dev.quorate.json.Json;
import dev.quorate.proof.LinkSignature;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A certified round with the links that its builders signed.
 *
 * @param number its place among all rounds
 * @param outputs what was certified
 * @param signatures by builders whose vote is in the quorum, in the order of their names
 */
public record LinkedRound(long number, OutputSet outputs, Map<LinkKey, LinkSignature> signatures) {
    public LinkedRound {
        signatures = new LinkedHashMap<>(signatures);
    }

    /** The link, with every signature. */
    public Json.Obj link() {
        return new BuilderLink(outputs).with(signatures);
    }

    /** How many files it has. */
    public int files() {
        return outputs.files().size();
    }

    /** The first file of that name, in whatever directory, counted from 0. */
    public OptionalInt file(String name) {
        List<Output.File> files = outputs.files();
        return IntStream.range(0, files.size())
                .filter(i -> name(files.get(i)).equals(name))
                .findFirst();
    }

    /** A file's name without its directory. */
    static String name(Output.File file) {
        String path = file.path().text();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
