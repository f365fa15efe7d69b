package dev.quorate.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Spoken;
import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.host.credential.EccPublicArea;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.HostKind;
import dev.quorate.trust.KeyEvidence;
import dev.quorate.trust.KeySeal;
import dev.quorate.trust.TrustRoot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What machines say of themselves. */
class HostFuzzTest implements Fuzzed {
    private static final int ECDSA = 0x0018;
    private static final int SHA_256 = 0x000b;

    @Override
    public List<Target> targets() throws MalformedException {
        var tpm = (HostReport.Tpm2) evidence().report();
        TrustRoot sealed = Vectors.trust("sealed_certifier_ok").trust();
        P256Key key = sealed.certifiers().getFirst().keys().getFirst().key();
        KeySeal seal = sealed.seal(key).orElseThrow();
        KeyEvidence evidence = seal.evidence();
        return List.of(
                Target.of("quote", Quote::read, tpm.quote().bytes()).refusing(RefusedException.class),
                Target.of(
                        "tpm-signature",
                        HostFuzzTest::signature,
                        tpm.signature().bytes()),
                Target.of("event-log", bytes -> EventLog.parse(bytes, "fuzz"), eventLogs(tpm)),
                Target.of("ima-list", HostFuzzTest::ima, ima()).refusing(RefusedException.class),
                Target.of("snp-report", SnpReport::read, snp(2), snp(5)).refusing(RefusedException.class),
                Target.of(
                                "certification",
                                Certification::read,
                                evidence.certification().bytes())
                        .refusing(RefusedException.class),
                Target.of(
                                "public-area",
                                HostFuzzTest::area,
                                evidence.publicArea().bytes())
                        .refusing(IllegalArgumentException.class),
                Target.of("host-judged", HostFuzzTest::judged, CanonicalJson.bytes(tpm.json()))
                        .costly(),
                Target.of(
                                "key-evidence",
                                bytes -> sealed(sealed, key, seal, bytes),
                                CanonicalJson.bytes(evidence.json()))
                        .costly());
    }

    private static HostEvidence evidence() throws MalformedException {
        return HostEvidence.parse(Spoken.bySomebody(
                Vectors.payloads("measured_hosts_ok", HostEvidence.TYPE).getFirst()));
    }

    private static byte[][] eventLogs(HostReport.Tpm2 tpm) {
        List<byte[]> logs =
                new ArrayList<>(tpm.eventLogs().stream().map(Octets::bytes).toList());
        logs.addFirst(eventLog());
        return logs.toArray(byte[][]::new);
    }

    /** A log of one event of register 7 and of where the firmware was started from. */
    private static byte[] eventLog() {
        ByteBuffer log = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
        log.putInt(0).putInt(3).put(new byte[20]).putInt(33);
        log.put("Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .put(new byte[] {0, 2, 0, 2});
        log.putInt(1).putShort((short) SHA_256).putShort((short) 32).put((byte) 0);
        event(log, 0, 3, "StartupLocality\0\3".getBytes(StandardCharsets.US_ASCII));
        event(log, 7, 1, "x".getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOf(log.array(), log.position());
    }

    private static void event(ByteBuffer log, int pcr, int type, byte[] data) {
        log.putInt(pcr)
                .putInt(type)
                .putInt(1)
                .putShort((short) SHA_256)
                .put(new byte[32])
                .putInt(data.length)
                .put(data);
    }

    private static byte[] ima() {
        ByteBuffer list = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        byte[] name = "/usr/bin/x\0".getBytes(StandardCharsets.US_ASCII);
        list.putInt(10).put(new byte[19]).put((byte) 1).putInt(6).put("ima-ng".getBytes(StandardCharsets.US_ASCII));
        list.putInt(8 + 40 + name.length)
                .putInt(40)
                .put("sha256:\0".getBytes(StandardCharsets.US_ASCII))
                .put(new byte[32]);
        list.putInt(name.length).put(name);
        return Arrays.copyOf(list.array(), list.position());
    }

    private static byte[] snp(int version) {
        return ByteBuffer.allocate(SnpReport.LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, version)
                .putInt(0x34, 1)
                .array();
    }

    private static void ima(byte[] bytes) throws RefusedException {
        ImaList list = ImaList.read(bytes);
        assertEquals(
                Optional.of(list.entries().size()),
                list.until(last(list))
                        .map(List::size)
                        .map(size -> Math.max(size, list.entries().size())));
    }

    private static Sha256 last(ImaList list) {
        var value = Sha256.ofDigest(new byte[32]);
        for (ImaList.Entry entry : list.entries()) {
            value = EventLog.extend(value, entry.extended());
        }
        return value;
    }

    /** Numbers without the zeros before them are the same signature. */
    private static void signature(byte[] bytes) throws MalformedException {
        TpmSignature.read(bytes).orElseThrow(() -> new MalformedException("fuzz", "has another form"));
        assertEquals(ECDSA, ByteBuffer.wrap(bytes).getShort());
    }

    private static void area(byte[] bytes) {
        assertArrayEquals(bytes, EccPublicArea.of(bytes).area());
        try {
            AttestationKey.of(bytes);
        } catch (IllegalArgumentException e) {
            assertEquals(false, e.getMessage().isBlank());
        }
    }

    /** A report is judged by its words and never by an accident; one that is changed is not accepted. */
    private static void judged(byte[] bytes) throws MalformedException {
        HostReport report = HostReport.read(HostKind.TPM2, Fields.of(JsonReader.read(bytes, 1 << 20, "fuzz"), "fuzz"));
        HostEvidence golden = evidence();
        var evidence = new HostEvidence(golden.builder(), golden.occasion(), golden.key(), report);
        var judge = new HostJudge(Vectors.trust("measured_hosts_ok").trust(), Vectors.now("measured_hosts_ok"));
        Judgement judgement = judge.judge(evidence, golden.key(), golden.occasion());
        switch (judgement) {
            // What is neither quoted nor compared, as events of other registers, may change.
            case Judgement.Accepted accepted ->
                assertEquals(judge.judge(golden, golden.key(), golden.occasion()), accepted);
            case Judgement.Refused(HostRefusal reason, String detail) ->
                assertNotEquals(HostRefusal.UNJUDGEABLE, reason, detail);
        }
    }

    private static void sealed(TrustRoot trust, P256Key key, KeySeal golden, byte[] bytes) throws MalformedException {
        KeyEvidence evidence = KeyEvidence.read(Fields.of(JsonReader.read(bytes, 1 << 20, "fuzz"), "fuzz"));
        assertEquals(
                evidence.json(),
                KeyEvidence.read(Fields.of(evidence.json(), "again")).json());
        SealJudgement judgement = new SealJudge(trust, Vectors.now("sealed_certifier_ok"))
                .judge(key, new KeySeal(golden.profile(), evidence));
        switch (judgement) {
            case SealJudgement.Sealed accepted -> assertEquals(golden.evidence().json(), evidence.json());
            case SealJudgement.Refused(HostRefusal reason, String detail) ->
                assertNotEquals(HostRefusal.UNJUDGEABLE, reason, detail);
        }
        SealJudge.objection(key, evidence)
                .ifPresent(refused -> assertNotEquals(HostRefusal.UNJUDGEABLE, refused.reason(), refused.detail()));
    }
}
