package dev.quorate.host;

import dev.quorate.digest.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Linux has measured of the files it used, in its {@code binary_runtime_measurements}: entries of any template whose
 * first field is {@code d-ng} and whose second is {@code n-ng}, as {@code ima-ng} and {@code ima-sig} have them, little-endian
 * (Linux, Documentation/security/IMA-templates.rst).
 *
 * @param entries in the order in which they were extended
 */
record ImaList(List<Entry> entries) {
    /** The register that Linux extends. */
    static final int PCR = 10;

    private static final int SHA1 = 20;
    private static final int LONGEST_NAME = 64;
    private static final int MOST = 100_000;
    private static final byte[] SHA256 = "sha256:\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * A file.
     *
     * @param extended what the register was extended with
     * @param digest of the file's content, if it is SHA-256
     * @param name what Linux calls it; nothing proves it to be a path
     */
    record Entry(Sha256 extended, Optional<Sha256> digest, String name) {}

    static ImaList read(byte[] bytes) throws RefusedException {
        try {
            var wire = new Wire(bytes, ByteOrder.LITTLE_ENDIAN);
            List<Entry> entries = new ArrayList<>();
            while (!wire.isAtEnd()) {
                if (entries.size() == MOST) {
                    throw malformed("has more than " + MOST + " entries");
                }
                entries.add(entry(wire));
            }
            return new ImaList(entries);
        } catch (BufferUnderflowException e) {
            throw malformed("is cut off");
        }
    }

    private static Entry entry(Wire wire) throws RefusedException {
        if (wire.u32() != PCR) {
            throw malformed("has an entry of another register than " + PCR);
        }
        byte[] sha1 = wire.bytes(SHA1);
        long name = wire.u32();
        if (name > LONGEST_NAME || new String(wire.bytes(name), StandardCharsets.US_ASCII).equals("ima")) {
            throw malformed("has an entry of a template that is not known");
        }
        byte[] data = wire.bytes(wire.u32());
        var fields = new Wire(data, ByteOrder.LITTLE_ENDIAN);
        byte[] digest = fields.bytes(fields.u32());
        byte[] path = fields.bytes(fields.u32());
        // A file that was written while it was measured: Linux then shows zeros and extends ones.
        boolean isViolation = Arrays.equals(sha1, new byte[SHA1]);
        return new Entry(
                isViolation ? ones() : Sha256.of(data),
                isViolation ? Optional.empty() : sha256(digest),
                new String(path, 0, Math.max(0, path.length - 1), StandardCharsets.UTF_8));
    }

    private static Sha256 ones() {
        var ones = new byte[Sha256.LENGTH];
        Arrays.fill(ones, (byte) 0xff);
        return Sha256.ofDigest(ones);
    }

    private static Optional<Sha256> sha256(byte[] field) {
        boolean is = field.length == SHA256.length + Sha256.LENGTH
                && Arrays.equals(field, 0, SHA256.length, SHA256, 0, SHA256.length);
        return is
                ? Optional.of(Sha256.ofDigest(Arrays.copyOfRange(field, SHA256.length, field.length)))
                : Optional.empty();
    }

    /** The entries up to when the register held that value: the list runs ahead of the quote, and never behind it. */
    Optional<List<Entry>> until(Sha256 pcr) {
        var value = Sha256.ofDigest(new byte[Sha256.LENGTH]);
        for (int i = 0; ; i++) {
            if (value.equals(pcr)) {
                return Optional.of(List.copyOf(entries.subList(0, i)));
            }
            if (i == entries.size()) {
                return Optional.empty();
            }
            value = EventLog.extend(value, entries.get(i).extended());
        }
    }

    private static RefusedException malformed(String problem) {
        return new RefusedException(HostRefusal.IMA_LIST_MALFORMED, "the list of measured files " + problem);
    }
}
