package dev.quorate.spec;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/**
 * One pinned file.
 *
 * @param role what the build does with it
 * @param path where it lies below its role's directory
 * @param from where it can be had
 * @param size bytes
 * @param sha256 decides
 */
public record LockedFile(Role role, RelativePath path, Locator from, long size, Sha256 sha256) {
    private static final long LARGEST = 1L << 40;

    /** What a build does with a file. */
    public enum Role {
        /** A {@code .deb} of the root file system. */
        ENVIRONMENT,
        /** Given to the recipe. */
        SOURCE,
        /** Lies in the Maven repository, under its repository path. */
        REPOSITORY
    }

    static LockedFile read(Fields fields) throws MalformedException {
        var file = new LockedFile(
                fields.string("role", LockedFile::role),
                fields.string("path", RelativePath::parse),
                fields.string("from", Locator::parse),
                fields.integer("size", 0, LARGEST),
                fields.string("sha256", Sha256::parse));
        fields.end();
        return file;
    }

    /** The entry in {@code locked}. */
    public Json.Obj json() {
        return Json.object()
                .put("role", roleName())
                .put("path", path.text())
                .put("from", from.toString())
                .put("size", size)
                .put("sha256", sha256.hex())
                .build();
    }

    private String roleName() {
        return switch (role) {
            case ENVIRONMENT -> "environment";
            case SOURCE -> "source";
            case REPOSITORY -> "repository";
        };
    }

    private static Role role(String text) {
        return switch (text) {
            case "environment" -> Role.ENVIRONMENT;
            case "source" -> Role.SOURCE;
            case "repository" -> Role.REPOSITORY;
            default -> throw new IllegalArgumentException("must be environment, source or repository");
        };
    }
}
