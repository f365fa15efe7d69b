package dev.quorate.cli.trust;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.ChipId;
import dev.quorate.trust.DerCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What operators and makers send to those who edit a trust root. */
class TrustFilesFuzzTest implements Fuzzed {
    private interface Read {
        void read(GivenFile file) throws RefusedException, MalformedException;
    }

    @Override
    public List<Target> targets() {
        DerCertificate ek = SoftTpm.certificate("ek1");
        String chip = "ab".repeat(64);
        String processor = "{\"builder\":\"b1\",\"chip\":\"" + chip + "\",\"host\":\""
                + ChipId.parse(chip).host() + "\"}";
        String pem = "-----BEGIN CERTIFICATE-----\n" + ek + "\n-----END CERTIFICATE-----\n";
        return List.of(
                target("host-record", RecordFile::read, processor.getBytes(StandardCharsets.UTF_8)),
                target("certificate-file", CertificateFile::read, ek.bytes(), pem.getBytes(StandardCharsets.UTF_8)));
    }

    private static Target target(String name, Read read, byte[]... seeds) {
        return Target.of(name, bytes -> read(read, bytes), seeds)
                .refusing(RefusedException.class)
                .costly();
    }

    private static void read(Read read, byte[] bytes) throws IOException, RefusedException, MalformedException {
        Path file = Files.createTempFile("fuzz", "");
        try {
            read.read(new GivenFile("given", Files.write(file, bytes)));
        } finally {
            Files.delete(file);
        }
    }
}
