package dev.quorate.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of a tile of hashes: one after the other. */
public final class HashTile {
    private HashTile() {}

    /** Reads a tile that must be as wide as its path says. */
    public static List<Sha256> read(byte[] bytes, TilePath path) throws MalformedException {
        if (bytes.length != path.width() * Sha256.LENGTH) {
            throw new MalformedException(
                    path.toString(),
                    "must be " + path.width() * Sha256.LENGTH + " bytes of hashes, not " + bytes.length);
        }
        List<Sha256> hashes = new ArrayList<>(path.width());
        for (int at = 0; at < bytes.length; at += Sha256.LENGTH) {
            hashes.add(Sha256.ofDigest(Arrays.copyOfRange(bytes, at, at + Sha256.LENGTH)));
        }
        return List.copyOf(hashes);
    }

    /** Writes a tile. */
    public static byte[] write(List<Sha256> hashes) {
        var bytes = new byte[hashes.size() * Sha256.LENGTH];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).bytes(), 0, bytes, i * Sha256.LENGTH, Sha256.LENGTH);
        }
        return bytes;
    }
}
