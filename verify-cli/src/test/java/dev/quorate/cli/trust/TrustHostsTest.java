package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.Shell;
import dev.quorate.cli.round.Certificates;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.ChipId;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.LaunchDigest;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.SnpProfile;
import dev.quorate.trust.SnpTcb;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a trust root says of hosts, their makers and their profiles. */
class TrustHostsTest extends TrustCase {
    private static final Path HOSTS = Path.of("..", "attestations", "src", "test", "resources", "host");

    /** The record of a machine whose TPM has that endorsement certificate. */
    private void record(String name, String builder, String endorsement) throws IOException {
        DerCertificate ek = DerCertificate.of(Files.readAllBytes(HOSTS.resolve(endorsement)));
        String ak = new KeyPairSigner(KeyPairSigner.generate()).publicKey().toString();
        shell.write(
                name,
                "{\"attestation\":\"%s\",\"builder\":\"%s\",\"endorsement\":\"%s\",\"host\":\"%s\"}%n"
                        .formatted(ak, builder, ek, ek.keyDigest()));
    }

    @Test
    void noEditDropsWhatIsSaidOfHosts() throws Exception {
        addBuilder();
        TrustRoot drafted = trust("trust.json").trust();
        var host = new TrustedHost.Tpm2(
                new KeyPairSigner(KeyPairSigner.generate()).publicKey(),
                DerCertificate.of(Certificates.selfSigned().getEncoded()),
                List.of(),
                "maker",
                "profile");
        var hosts = new HostTrust(
                List.of(new Maker("maker", List.of(host.ek()))),
                List.of(new Tpm2Profile(
                        "profile", List.of(new PcrReference(7, List.of(Sha256.of("state")))), List.of(), false)));
        var builders =
                List.of(drafted.builder(new BuilderId("b1")).orElseThrow().with(List.of(host)));
        TrustRoot measured = drafted.edit().builders(builders).hostTrust(hosts).done();
        shell.write("trust.json", SignedTrust.unsigned(measured).bytes());
        ok("trust", "key", "-o", "b1-next");
        ok("trust", "add", "trust.json", "builder", "--id", "b1", "--key", "b1-next.pub");
        ok("trust", "add", "trust.json", "maintainer", "--id", "jane", "--key", "jane.pub");
        ok("trust", "add", "trust.json", "log", "--vkey", LOG);
        ok("trust", "rotate", "trust.json", "--expires", "30d");
        String id = host.id().toString();
        assertTrue(refused("trust", "revoke", "trust.json", "host", "00".repeat(32), "--reason", "x")
                .contains("no builder has a host 0000"));
        ok("trust", "revoke", "trust.json", "host", id, "--reason", "stolen");
        TrustRoot edited = trust("trust.json").trust();
        assertEquals(hosts, edited.hostTrust());
        assertEquals(List.of(host), edited.builders().getFirst().hosts());
        assertEquals(id, edited.revocations().getFirst().id());
    }

    @Test
    void aConfidentialVmIsAddedWithItsProcessorAndItsLaunch() throws Exception {
        addBuilder();
        shell.write("root.der", Files.readAllBytes(HOSTS.resolve("maker.der")));
        String chip = "c1".repeat(64);
        String record = "{\"builder\":\"b1\",\"chip\":\"%s\",\"host\":\"%s\"}";
        shell.write("b1.host.json", record.formatted(chip, ChipId.parse(chip).host()));
        shell.write("other.json", record.formatted(chip, "00".repeat(32)));
        ok("trust", "add", "trust.json", "maker", "--name", "amd", "--root", "root.der");
        String[] profile = {"trust", "add", "trust.json", "profile", "--name", "vm"};
        String launch = "11".repeat(48);
        assertTrue(refused(plus(profile, "--tcb", "snp=8")).contains("needs a --measurement"));
        assertTrue(
                refused(plus(profile, "--measurement", launch, "--pcr", "7=00")).contains("make two"));
        assertTrue(refused(plus(profile, "--measurement", "11")).contains("96 lower-case hex digits"));
        for (String bad : List.of("snp", "snp=256", "snp=-1", "smm=1", "=1")) {
            assertTrue(
                    refused(plus(profile, "--measurement", launch, "--tcb", bad))
                            .contains("PART=N"),
                    bad);
        }
        assertTrue(
                refused(plus(profile, "--measurement", launch, "--vmpl", "4")).contains("from 0 to 3"));
        ok(plus(profile, "--measurement", launch, "--tcb", "snp=8", "--tcb", "microcode=115", "--vmpl", "1"));
        assertEquals(
                new SnpProfile("vm", List.of(LaunchDigest.parse(launch)), new SnpTcb(0, 0, 0, 8, 115), 1),
                trust("trust.json").trust().hostTrust().profile("vm").orElseThrow());
        String[] host = {"trust", "add", "trust.json", "host", "--maker", "amd", "--record"};
        assertTrue(refused(plus(host, "other.json", "--profile", "vm")).contains("have it enrol again"));
        ok("trust", "add", "trust.json", "profile", "--name", "tpm", "--pcr", "7=" + Sha256.of("state"));
        assertTrue(refused(plus(host, "b1.host.json", "--profile", "tpm")).contains("is for hosts of the kind tpm2"));
        assertTrue(refused(plus(host, "b1.host.json", "--profile", "vm")).contains("b1 is intel, and only amd"));
        ok("trust", "key", "-o", "b2-key");
        ok(
                "trust",
                "add",
                "trust.json",
                "builder",
                "--id",
                "b2",
                "--operator",
                "acme",
                "--zone",
                "eu-2",
                "--cpu-vendor",
                "amd",
                "--key",
                "b2-key.pub");
        shell.write(
                "b2.host.json",
                record.replace("b1", "b2").formatted(chip, ChipId.parse(chip).host()));
        Shell.Said said = ok(plus(host, "b2.host.json", "--profile", "vm"));
        assertTrue(said.out().contains("added host " + ChipId.parse(chip).host() + " of builder b2"), said.out());
        assertTrue(ok("trust", "show", "trust.json").out().contains("sev-snp by amd, profile vm"));
    }

    private static String[] plus(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aMeasuredHostIsAddedWithItsMakerAndItsProfile() throws Exception {
        addBuilder();
        shell.write("root.der", Files.readAllBytes(HOSTS.resolve("maker.der")));
        record("b1.host.json", "b1", "t1.der");
        String pcr = Sha256.of("state").hex();
        String event = Sha256.of("kernel").hex();
        String[] host = {
            "trust", "add", "trust.json", "host", "--record", "b1.host.json", "--maker", "m", "--profile", "debian"
        };
        assertTrue(refused(host).contains("no maker m; add it with"));
        ok("trust", "add", "trust.json", "maker", "--name", "m", "--root", "root.der");
        assertTrue(refused(host).contains("no profile debian; add it with"));
        ok("trust", "add", "trust.json", "profile", "--name", "debian", "--pcr", "7=" + pcr, "--event", "4=" + event);
        Shell.Said said = ok(host);
        String id = trust("trust.json")
                .trust()
                .builders()
                .getFirst()
                .hosts()
                .getFirst()
                .id()
                .toString();
        assertTrue(said.out().contains("added host " + id + " of builder b1"), said.out());
        String shown = ok("trust", "show", "trust.json").out();
        assertTrue(shown.contains("host " + id + " tpm2 by m, profile debian"), shown);
        assertTrue(shown.contains("maker       m  1 root\n"), shown);
        assertTrue(shown.contains("profile     debian  tpm2, PCRs 4, 7\n"), shown);
        // Enrolled again with a new attestation key: the same machine, once.
        record("b1.host.json", "b1", "t1.der");
        ok(host);
        assertEquals(
                1, trust("trust.json").trust().builders().getFirst().hosts().size());
    }

    @Test
    void aHostThatWouldNotBeAcceptedIsNotAdded() throws Exception {
        addBuilder();
        shell.write("root.der", Files.readAllBytes(HOSTS.resolve("maker.der")));
        ok("trust", "add", "trust.json", "maker", "--name", "m", "--root", "root.der");
        ok("trust", "add", "trust.json", "profile", "--name", "p", "--pcr", "7=" + "ab".repeat(32));
        for (String endorsement : List.of("t4.der", "purpose.der")) {
            record("host.json", "b1", endorsement);
            assertTrue(refused(
                            "trust",
                            "add",
                            "trust.json",
                            "host",
                            "--record",
                            "host.json",
                            "--maker",
                            "m",
                            "--profile",
                            "p")
                    .contains("would not be accepted"));
        }
        record("host.json", "b9", "t1.der");
        assertTrue(
                refused("trust", "add", "trust.json", "host", "--record", "host.json", "--maker", "m", "--profile", "p")
                        .contains("no builder b9"));
        assertTrue(refused("trust", "add", "trust.json", "maker", "--name", "m", "--root", "root.der")
                .contains("is a root of m already"));
        assertTrue(refused("trust", "add", "trust.json", "maker", "--name", "n", "--root", "alice.pub")
                .contains("holds no X.509 certificate"));
    }

    @Test
    void referenceValuesComeFromTheCommandLineOrAMachinesLog() throws Exception {
        String[] add = {"trust", "add", "trust.json", "profile", "--name", "p"};
        assertTrue(refused(add).contains("needs reference values"));
        assertTrue(refused(with(add, "--pcr", "24=" + "ab".repeat(32))).contains("a PCR from 0 to 23"));
        assertTrue(refused(with(add, "--pcr", "7=AB")).contains("64 lower-case hex digits"));
        assertTrue(refused(with(add, "--event", "4")).contains("name it with --event-log"));
        assertTrue(refused(with(add, "--drtm", "--pcr", "7=" + "ab".repeat(32))).contains("PCRs 17 and 18"));
        assertTrue(
                refused(with(add, "--pcr", "7=" + "ab".repeat(32), "--id", "x")).contains("has no --id"));
        shell.write("log", eventLog(4, "shim", "kernel"));
        assertTrue(refused(with(add, "--event-log", "log", "--event", "9")).contains("no event of PCR 9"));
        assertTrue(
                refused(with(add, "--event-log", "alice.pub", "--event", "4")).contains("is no TCG event log"));
        ok(with(add, "--event-log", "log", "--event", "4", "--pcr", "4", "--allow", "4=" + "cd".repeat(32)));
        var profile = (Tpm2Profile)
                trust("trust.json").trust().hostTrust().profile("p").orElseThrow();
        assertEquals(
                List.of(Sha256.of("shim"), Sha256.of("kernel")),
                profile.events().getFirst().required());
        assertEquals(1, profile.events().getFirst().allowed().size());
        byte[] both = new byte[64];
        System.arraycopy(Sha256.of("shim").bytes(), 0, both, 32, 32);
        System.arraycopy(Sha256.of(both).bytes(), 0, both, 0, 32);
        System.arraycopy(Sha256.of("kernel").bytes(), 0, both, 32, 32);
        assertEquals(List.of(Sha256.of(both)), profile.pcrs().getFirst().values());
    }

    @Test
    void anImageBringsItsReferenceValues() throws Exception {
        String[] add = {"trust", "add", "trust.json", "profile", "--name", "p", "--reference", "reference.json"};
        shell.write(
                "reference.json",
                "{\"pcrs\":[{\"pcr\":4,\"values\":[\"%s\"]},{\"pcr\":9,\"values\":[\"%s\"]}]}\n"
                        .formatted("ab".repeat(32), "cd".repeat(32))
                        .getBytes(StandardCharsets.UTF_8));
        ok(with(add, "--pcr", "0=" + "ef".repeat(32)));
        var profile = (Tpm2Profile)
                trust("trust.json").trust().hostTrust().profile("p").orElseThrow();
        assertEquals(
                List.of(4, 9, 0), profile.pcrs().stream().map(PcrReference::pcr).toList());
        assertTrue(refused(with(add, "--pcr", "9=" + "ef".repeat(32))).contains("twice"));
        shell.write("reference.json", "{\"pcrs\":[{\"pcr\":4,\"values\":[]}]}".getBytes(StandardCharsets.UTF_8));
        assertTrue(refused(add).contains("must hold at least one value"));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static byte[] eventLog(int pcr, String... events) {
        var log = ByteBuffer.allocate(65 + 50 * events.length).order(ByteOrder.LITTLE_ENDIAN);
        log.putInt(0).putInt(3).put(new byte[20]).putInt(33);
        log.put("Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII));
        log.putInt(0).putInt(0x02000200).putInt(1).putShort((short) 11).putShort((short) 32);
        log.put((byte) 0);
        for (String event : events) {
            log.putInt(pcr).putInt(13).putInt(1).putShort((short) 11);
            log.put(Sha256.of(event).bytes()).putInt(0);
        }
        return log.array();
    }
}
