package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mounted control group hierarchy and this program's place in it.
 *
 * @param version 1 or 2
 * @param controllers those of version 1; empty in version 2, where each group lists its own
 * @param mountPoint where its root group lies
 * @param own this program's group below it
 */
record Hierarchy(int version, List<String> controllers, Path mountPoint, Path own) {
    /** Every hierarchy of this machine, from {@code /proc/self/mounts} and {@code /proc/self/cgroup}. */
    static List<Hierarchy> all() throws IOException {
        List<String> groups = Files.readAllLines(Path.of("/proc/self/cgroup"));
        List<Hierarchy> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            String[] field = line.split(" ");
            if (field[2].equals("cgroup2")) {
                found.add(of(2, List.of(), Path.of(field[1]), groups));
            } else if (field[2].equals("cgroup")) {
                found.add(of(1, Arrays.asList(field[3].split(",")), Path.of(field[1]), groups));
            }
        }
        return found;
    }

    /** Groups in which this program may be allowed to make another, best first. */
    List<Path> parents() {
        List<Path> parents = new ArrayList<>();
        if (Files.isDirectory(own)) {
            parents.add(own);
            // In version 2 a group with processes has no controllers for its children, but a delegated parent may.
            if (version == 2 && !own.equals(mountPoint)) {
                parents.add(own.getParent());
            }
        }
        if (!parents.contains(mountPoint)) {
            parents.add(mountPoint);
        }
        return parents;
    }

    private static Hierarchy of(int version, List<String> controllers, Path mountPoint, List<String> groups) {
        for (String group : groups) {
            String[] part = group.split(":", 3);
            boolean matches = version == 2
                    ? part[0].equals("0")
                    : controllers.containsAll(Arrays.asList(part[1].split(","))) && !part[0].equals("0");
            if (matches) {
                Path own = mountPoint.resolve("." + part[2]).normalize();
                return new Hierarchy(version, controllers, mountPoint, own.startsWith(mountPoint) ? own : mountPoint);
            }
        }
        return new Hierarchy(version, controllers, mountPoint, mountPoint);
    }
}
