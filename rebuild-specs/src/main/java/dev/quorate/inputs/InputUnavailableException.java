package dev.quorate.inputs;

import dev.quorate.json.Printable;
import dev.quorate.spec.LockedFile;
import java.util.List;
import java.util.stream.Collectors;

/** A pinned file that no place has any more. The message names the file and every place where it was looked for. */
public final class InputUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    InputUnavailableException(LockedFile file, List<InputSource.Miss> misses) {
        super(message(file, misses));
    }

    private static String message(LockedFile file, List<InputSource.Miss> misses) {
        String places = misses.stream()
                .map(miss -> miss.place() + " (" + Printable.of(miss.reason()) + ")")
                .distinct()
                .collect(Collectors.joining("; "));
        return Printable.of(file.path().text()) + " from "
                + Printable.of(file.from().toString()) + " with SHA-256 "
                + file.sha256() + " is not in the cache, and not to be had from "
                + (places.isEmpty() ? "anywhere: no source is configured for it" : places)
                + "; put the file into the cache of one builder or the coordinator, or lock the spec again";
    }
}
