package dev.quorate.agent.snp;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** What a host gives its guests along with a report. */
class SnpFuzzTest implements Fuzzed {
    private static final Path CERTIFICATE =
            Path.of("..", "attestations", "src", "test", "resources", "host", "maker.der");

    @Override
    public List<Target> targets() throws IOException {
        return List.of(
                Target.of("certificate-table", CertificateTable::read, table()).refusing(SnpException.class));
    }

    private static byte[] table() throws IOException {
        byte[] certificate = Files.readAllBytes(CERTIFICATE);
        ByteBuffer table = ByteBuffer.allocate(72 + 2 * certificate.length).order(ByteOrder.LITTLE_ENDIAN);
        table.put(HexFormat.of().parseHex("63da758de6644564adc5f4b93be8accd"))
                .putInt(72)
                .putInt(certificate.length);
        table.put(HexFormat.of().parseHex("4ab7b379bbac4fe4a02f05aef327c782"))
                .putInt(72 + certificate.length)
                .putInt(certificate.length);
        return table.position(72).put(certificate).put(certificate).array();
    }
}
