package dev.quorate.agent.snp;

import dev.quorate.trust.DerCertificate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificates that a host gives its guests along with a report. */
final class CertificateTable {
    private static final int ENTRY = 24;
    private static final int GUID = 16;
    private static final int MOST = 16;
    private static final String VCEK = "63da758de6644564adc5f4b93be8accd";
    private static final String ASK = "4ab7b379bbac4fe4a02f05aef327c782";

    private CertificateTable() {}

    /**
     * The processor's own certificate and its issuer's.
     *
     * @return none if the table is empty or lacks one of them
     * @throws SnpException if it is no such table
     */
    static Optional<List<DerCertificate>> read(byte[] table) throws SnpException {
        Map<String, byte[]> entries = entries(table);
        if (!entries.containsKey(VCEK) || !entries.containsKey(ASK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.of(DerCertificate.of(entries.get(VCEK)), DerCertificate.of(entries.get(ASK))));
        } catch (IllegalArgumentException e) {
            throw malformed("a certificate in it " + e.getMessage());
        }
    }

    private static Map<String, byte[]> entries(byte[] table) throws SnpException {
        Map<String, byte[]> entries = new HashMap<>();
        var buffer = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.remaining() >= ENTRY) {
            var guid = new byte[GUID];
            buffer.get(guid);
            long offset = Integer.toUnsignedLong(buffer.getInt());
            long length = Integer.toUnsignedLong(buffer.getInt());
            if (Arrays.equals(guid, new byte[GUID])) {
                return entries;
            } else if (offset + length > table.length || entries.size() == MOST) {
                throw malformed("an entry lies outside of it, or it has too many");
            }
            entries.put(
                    HexFormat.of().formatHex(guid), Arrays.copyOfRange(table, (int) offset, (int) (offset + length)));
        }
        if (table.length > 0) {
            throw malformed("it does not end");
        }
        return entries;
    }

    private static SnpException malformed(String problem) {
        return new SnpException("the host's certificate table (auxblob) has not its form: " + problem);
    }
}
