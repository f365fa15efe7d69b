package dev.quorate.cli.log;

import dev.quorate.digest.Sha256;
import dev.quorate.log.Checkpoint;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.HashTile;
import dev.quorate.log.KeyName;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TilePath;
import dev.quorate.log.TreeHead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;

/** A tiled log's files in a directory, written from its entries. */
record TileTree(Path directory, NoteSigner signer) {
    static NoteSigner signer(String name, NoteAlgorithm algorithm) throws Exception {
        return Ed25519NoteSigner.of(
                new KeyName(name),
                algorithm,
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    static List<byte[]> entries(String word, int count) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add((word + " " + i).getBytes(StandardCharsets.UTF_8));
        }
        return entries;
    }

    /** Serves these entries, and none of the files that were there before. */
    void serve(List<byte[]> entries, NoteSigner... witnesses) throws Exception {
        tiles(entries);
        List<Sha256> leaves = entries.stream().map(MerkleTree::leafHash).toList();
        checkpoint(new TreeHead(entries.size(), MerkleTree.root(leaves)), witnesses);
    }

    void checkpoint(TreeHead head, NoteSigner... witnesses) throws Exception {
        String text = new Checkpoint(signer.key().name().text(), head).text();
        List<NoteSignature> lines = new ArrayList<>(List.of(signer.sign(text)));
        for (NoteSigner witness : witnesses) {
            lines.add(witness.cosign(text, 1_790_000_000));
        }
        write("checkpoint", new SignedNote(text, lines).bytes());
    }

    void tiles(List<byte[]> entries) throws Exception {
        for (int i = 0; i * TilePath.FULL < entries.size(); i++) {
            int to = Math.min(entries.size(), (i + 1) * TilePath.FULL);
            List<byte[]> bundle = entries.subList(i * TilePath.FULL, to);
            write(TilePath.entries(i, bundle.size()).toString(), EntryBundle.write(bundle));
        }
        List<Sha256> hashes = entries.stream().map(MerkleTree::leafHash).toList();
        for (int level = 0; !hashes.isEmpty(); level++) {
            List<Sha256> above = new ArrayList<>();
            for (int i = 0; i * TilePath.FULL < hashes.size(); i++) {
                List<Sha256> tile = hashes.subList(i * TilePath.FULL, Math.min(hashes.size(), (i + 1) * TilePath.FULL));
                write(TilePath.hashes(level, i, tile.size()).toString(), HashTile.write(tile));
                if (tile.size() == TilePath.FULL) {
                    above.add(MerkleTree.root(tile));
                }
            }
            hashes = above;
        }
    }

    void write(String path, byte[] bytes) throws Exception {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Changes one byte of a file. */
    void tamper(String path) throws Exception {
        byte[] bytes = Files.readAllBytes(directory.resolve(path));
        bytes[bytes.length - 1] ^= 1;
        write(path, bytes);
    }
}
