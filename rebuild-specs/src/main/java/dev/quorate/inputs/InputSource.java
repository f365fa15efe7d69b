package dev.quorate.inputs;

import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.util.List;

/** One place where pinned files may be had: a mirror, the web, a coordinator's blob store. */
public interface InputSource {
    /**
     * Puts into the cache those of the wanted files that this place has.
     *
     * @return why it does not have the others; nothing about files that it never has, by their kind
     * @throws IOException if this machine fails, not if the place does
     */
    List<Miss> fetch(List<LockedFile> wanted, FileCache cache) throws IOException, InterruptedException;

    /**
     * Why a place does not have a file.
     *
     * @param place its name for a person
     * @param reason one clause
     */
    record Miss(LockedFile file, String place, String reason) {}
}
