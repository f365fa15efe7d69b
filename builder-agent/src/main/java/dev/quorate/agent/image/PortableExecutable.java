package dev.quorate.agent.image;

import dev.quorate.digest.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A program for EFI, whose digest leaves out what a signature changes. */
final class PortableExecutable {
    private static final int PE32_PLUS = 0x20b;
    private static final int SECTION_HEADER = 40;
    private static final int MOST_SECTIONS = 96;

    private final ByteBuffer file;

    private PortableExecutable(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes of the file that are covered. */
    private record Part(int from, int size) {}

    /**
     * The Authenticode digest with SHA-256.
     *
     * @throws IllegalArgumentException if it is no such program
     */
    static Sha256 digest(byte[] bytes) {
        try {
            return new PortableExecutable(bytes).digest();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is no EFI program: it ends too early", e);
        }
    }

    private Sha256 digest() {
        int header = file.getInt(0x3c);
        if (file.getShort(0) != 0x5a4d || file.getInt(header) != 0x4550) {
            throw new IllegalArgumentException("it is no EFI program: it has no MZ and PE marks");
        }
        int optional = header + 24;
        int checksum = optional + 64;
        int certificates = optional + (file.getShort(optional) == PE32_PLUS ? 112 : 96) + 4 * 8;
        int headers = file.getInt(optional + 60);
        MessageDigest digest = Sha256.newDigest();
        add(digest, new Part(0, checksum));
        add(digest, new Part(checksum + 4, certificates - checksum - 4));
        add(digest, new Part(certificates + 8, headers - certificates - 8));
        int covered = headers;
        for (Part section : sections(header, optional)) {
            add(digest, section);
            covered += section.size;
        }
        int end = file.limit() - file.getInt(certificates + 4);
        if (end > covered) {
            add(digest, new Part(covered, end - covered));
        }
        return Sha256.ofDigest(digest.digest());
    }

    private List<Part> sections(int header, int optional) {
        int count = Short.toUnsignedInt(file.getShort(header + 6));
        if (count > MOST_SECTIONS) {
            throw new IllegalArgumentException("it is no EFI program: it has " + count + " sections");
        }
        int table = optional + Short.toUnsignedInt(file.getShort(header + 20));
        return IntStream.range(0, count)
                .map(i -> table + SECTION_HEADER * i)
                .mapToObj(section -> new Part(file.getInt(section + 20), file.getInt(section + 16)))
                .filter(part -> part.size != 0)
                .sorted(Comparator.comparingInt(Part::from))
                .toList();
    }

    private void add(MessageDigest digest, Part part) {
        digest.update(file.slice(part.from, part.size));
    }
}
