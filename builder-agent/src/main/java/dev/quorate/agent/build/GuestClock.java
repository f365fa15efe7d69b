package dev.quorate.agent.build;

import dev.quorate.agent.unpack.Archive;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The time that a guest's clock shows at its start: the first midnight UTC, at least a day after everything that a lock
 * pins was last changed. So it is the same on every builder, and later than any changelog.
 */
final class GuestClock {
    private GuestClock() {}

    /**
     * Finds the time, and gives it to whatever the builder itself has just laid down, which has this machine's.
     *
     * @param newest of the root file system
     */
    static Instant after(Instant newest, Prepared build) throws IOException, UnbuildableException {
        List<Path> laidDown = new ArrayList<>();
        Instant latest = newest;
        for (Path tree : List.of(build.workspace().work(), build.workspace().inputs())) {
            for (Path path : all(tree)) {
                Instant time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                if (!time.isBefore(build.start())) {
                    laidDown.add(path);
                } else if (time.isAfter(latest)) {
                    latest = time;
                }
            }
        }
        for (LockedFile source : build.workspace().spec().locked(LockedFile.Role.SOURCE)) {
            Instant time = newest(source, build);
            if (time.isAfter(latest) && time.isBefore(build.start())) {
                latest = time;
            }
        }
        Instant clock = latest.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2));
        for (Path path : laidDown) {
            if (!Files.isSymbolicLink(path)) {
                Files.setLastModifiedTime(path, FileTime.from(clock));
            }
        }
        return clock;
    }

    private static Instant newest(LockedFile source, Prepared build) throws IOException, UnbuildableException {
        String name = source.path().fileName();
        if (!Archive.is(name)) {
            return Instant.EPOCH;
        }
        try {
            return Archive.newest(
                    build.order().files().file(source.sha256()),
                    name,
                    build.bounds().disk());
        } catch (MalformedException e) {
            throw UnbuildableException.spec("the source archive " + e.getMessage());
        }
    }

    private static List<Path> all(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.toList();
        }
    }
}
