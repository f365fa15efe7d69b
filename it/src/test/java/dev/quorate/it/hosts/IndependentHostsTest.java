package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.protocol.Admitter;
import dev.quorate.agent.protocol.Assignment;
import dev.quorate.agent.protocol.HttpCoordinator;
import dev.quorate.agent.protocol.LeaseLostException;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.tpm.MeasuredVoices;
import dev.quorate.agent.tpm.Tpm;
import dev.quorate.agent.work.Introduction;
import dev.quorate.cli.ExitCode;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostEvidence;
import dev.quorate.it.cluster.Browser;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.HashedRekord;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.spec.Platform;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hosts with TPMs and networks of their own certify under {@code hosts: measured}; then one changes during a build,
 * one shows another's quote, and one an old one of its own; and of two that used other files, one cuts its list of them off.
 */
final class IndependentHostsTest {
    private static final BuilderId B1 = new BuilderId("b1");
    private static final BuilderId B2 = new BuilderId("b2");
    private static final BuilderId B3 = new BuilderId("b3");

    @TempDir
    Path directory;

    @Test
    void onlyHostsInTheMeasuredStateCount() throws Exception {
        SoftwareTpm.need();
        NetworkNamespace.need();
        Browser.need();
        try (IndependentHosts hosts = IndependentHosts.open(directory)) {
            Introduction old = allCount(hosts);
            oneChanges(hosts);
            twoCheat(hosts, old);
            twoHideFiles(hosts);
        }
    }

    /** The first round, of which b1 forgets its key after it committed; gives what b3 showed in it. */
    private Introduction allCount(IndependentHosts hosts) throws Exception {
        String round = hosts.submit("first");
        hosts.startAgent(1);
        hosts.processes.awaitLogged("b1", "committed round=" + round);
        hosts.processes.kill("b1");
        for (int i = 1; i <= 3; i++) {
            hosts.startAgent(i);
        }
        CommandLine.Result watched = watched(hosts, round, "first");
        assertEquals(
                ExitCode.OK,
                watched.code(),
                () -> watched + hosts.processes.logged("coordinator") + hosts.processes.logged("b1"));
        assertEquals(3, occurrences(watched.out(), "measured (TPM, profile debian-13)"), watched::out);
        CommandLine.Result verified = verify(hosts, "first");
        assertEquals(ExitCode.OK, verified.code(), verified::toString);
        assertEquals(3, occurrences(verified.out(), "measured (TPM, profile debian-13)"), verified::out);
        Kit kit = Kit.parse(Files.readAllBytes(kit("first")), "kit");
        assertEquals(2, shown(B1, kit).size());
        return shown(B3, kit).getFirst();
    }

    /** b3 starts another program while it builds: it is named and not counted, and the others are enough. */
    private void oneChanges(IndependentHosts hosts) throws Exception {
        hosts.processes.stop("b3");
        hosts.startChangingAgent(3);
        CommandLine.Result watched = round(hosts, "second");
        assertEquals(
                ExitCode.OK,
                watched.code(),
                () -> watched + hosts.processes.logged("coordinator") + hosts.processes.logged("b3"));
        assertEquals(2, occurrences(watched.out(), "measured (TPM"), watched::out);
        CommandLine.Result verified = verify(hosts, "second");
        assertEquals(ExitCode.OK, verified.code(), verified::toString);
        String b3 = line(verified.out(), "b3");
        assertTrue(b3.contains("not counted") && b3.contains("PCR_UNEXPECTED: PCR 7"), b3);
        assertTrue(hosts.processes.logged("b3").contains("host-refused"), () -> hosts.processes.logged("b3"));
    }

    /** b2 lets the TPM of b1 quote for it, b3 shows what it showed in the first round: neither counts. */
    private void twoCheat(IndependentHosts hosts, Introduction old) throws Exception {
        hosts.processes.stop("b2");
        hosts.processes.stop("b3");
        // Until it has shown itself again, a host that was lost has no part in what is opened.
        hosts.reboot(3);
        admitted(hosts, 3);
        String round = hosts.submit("third");
        admissionIsForOneHostOnce(hosts);
        HttpCoordinator second = admitted(hosts, 2);
        Assignment work = lease(second);
        var borrowed = voices(hosts, 1, B2)
                .voice(work.lease().round(), work.opening().digest())
                .introduction()
                .orElseThrow();
        refused(second, work, borrowed, "HOST_UNKNOWN");
        noKeyOutlivesItsBoot(hosts);
        HttpCoordinator third = admitted(hosts, 3);
        refused(third, lease(third), old, "OTHER_OCCASION");
        CommandLine.Result watched = hosts.commandLine.run("status", round, "--watch");
        assertEquals(ExitCode.NEGATIVE, watched.code(), watched::toString);
        assertTrue(line(watched.out(), "b2").contains("HOST_UNKNOWN"), watched::out);
        assertTrue(line(watched.out(), "b3").contains("OTHER_OCCASION"), watched::out);
        assertTrue(watched.out().contains("INSUFFICIENT"), watched::out);
        Fields status = Fields.of(
                JsonReader.read(
                        hosts.commandLine.run("status", round, "--json").out().strip(), "status"),
                "status");
        assertEquals(0, occurrences(status.json().toString(), "counted=Bool[value=true]"));
    }

    /** Nobody is admitted with another host's quote, an old one, another builder's nonce, or in another's name. */
    private void admissionIsForOneHostOnce(IndependentHosts hosts) throws Exception {
        refused("host-not-admitted", () -> lease(hosts.calls().as(B2)));
        Admitter admitter = hosts.calls().admitter(B2);
        refused("HOST_UNKNOWN", () -> admit(admitter, voices(hosts, 1, B2).show(admitter.nonce())));
        refused("host-not-admitted", () -> lease(hosts.calls().as(B2)));
        var replayed = voices(hosts, 2, B2).show(admitter.nonce());
        admit(admitter, replayed);
        refused("challenge-unknown", () -> admit(admitter, replayed));
        Nonce others = hosts.calls().admitter(B1).nonce();
        refused("challenge-unknown", () -> admit(admitter, voices(hosts, 2, B2).show(others)));
        refused("envelope-refused", () -> admit(admitter, voices(hosts, 1, B1).show(admitter.nonce())));
    }

    /** b3 is started again while it holds a lease: neither its certificate nor its lease is worth anything then. */
    private void noKeyOutlivesItsBoot(IndependentHosts hosts) throws Exception {
        HttpCoordinator before = admitted(hosts, 3);
        Assignment work = lease(before);
        before.heartbeat(work.lease());
        hosts.reboot(3);
        refused(hosts.calls().as(B3), work, shown(hosts, 3, work), "BOOT_CHANGED");
        refused("certificate-void", () -> lease(before));
        refused("host-not-admitted", () -> lease(hosts.calls().as(B3)));
    }

    /** b1's list lacks what it used last; b2's says that a file changed while it was used, and it shows so itself. */
    private void twoHideFiles(IndependentHosts hosts) throws Exception {
        hosts.processes.stop("b1");
        String round = hosts.submit("fourth");
        HttpCoordinator first = admitted(hosts, 1);
        Assignment cut = lease(first);
        HttpCoordinator second = admitted(hosts, 2);
        Assignment changed = lease(second);
        byte[] before = Files.readAllBytes(hosts.kernels.get(0).list());
        hosts.kernels.get(0).use("/usr/bin/rootkit", Sha256.of("rootkit"));
        Files.write(hosts.kernels.get(0).list(), before);
        hosts.kernels.get(1).violate();
        second.heartbeat(changed.lease());
        Admitter renewal = hosts.calls().admitter(B2);
        refused("FILE_UNEXPECTED", () -> admit(renewal, voices(hosts, 2, B2).show(renewal.nonce())));
        assertThrows(LeaseLostException.class, () -> hosts.calls().as(B2).heartbeat(changed.lease()));
        refused("certificate-void", () -> lease(second));
        refused(hosts.calls().as(B1), cut, shown(hosts, 1, cut), "IMA_LIST_MISMATCH");
        refused("certificate-void", () -> lease(first));
        // No two builders are left who could agree, and nobody waits for the others.
        CommandLine.Result status = hosts.commandLine.run("status", round, "--watch");
        assertTrue(status.out().contains("INSUFFICIENT"), status::out);
        assertTrue(line(status.out(), "b1").contains("IMA_LIST_MISMATCH"), status::out);
        assertTrue(line(status.out(), "b2").contains("FILE_UNEXPECTED"), status::out);
        theLogTellsWhoWasLost(hosts);
        // Whoever has the kit alone is told too why b2, which was lost while it was admitted, said nothing.
        hosts.commandLine.run("fetch", round, "-o", "fourth");
        CommandLine.Result verified = verify(hosts, "first/hello", "fourth/" + round + ".sigstore.jsonl");
        assertEquals(ExitCode.NEGATIVE, verified.code(), verified::toString);
        String b2 = line(verified.out(), "b2");
        assertTrue(b2.contains("UNATTESTED") && b2.contains("FILE_UNEXPECTED"), b2);
        everybodySeesHowTheHostsStand(hosts, round);
    }

    private void everybodySeesHowTheHostsStand(IndependentHosts hosts, String round) throws Exception {
        CommandLine.Result said = hosts.commandLine.run("status", "--hosts");
        assertEquals(ExitCode.NEGATIVE, said.code(), said::toString);
        assertTrue(line(said.out(), "b1").contains("LOST"), said::out);
        assertTrue(line(said.out(), "b2").contains("FILE_UNEXPECTED"), said::out);
        assertTrue(line(said.out(), "b3").contains("ADMITTED"), said::out);
        var browser = new Browser(directory.resolve("browser"));
        String builders = browser.shown(hosts.page("/builders"));
        assertEquals(2, occurrences(builders, ">LOST<"), builders);
        assertEquals(1, occurrences(builders, ">ADMITTED<"), builders);
        assertTrue(builders.contains("FILE_UNEXPECTED") && builders.contains("log entry "), builders);
        String rounds = browser.shown(hosts.page("/"));
        assertTrue(rounds.contains("href=\"/rounds/" + round + "\""), rounds);
        String one = browser.shown(hosts.page("/rounds/" + round));
        assertTrue(one.contains(">INSUFFICIENT<") && one.contains("IMA_LIST_MISMATCH"), one);
    }

    /** Every change of a host is in the log, signed, and is found by the builder's name. */
    private void theLogTellsWhoWasLost(IndependentHosts hosts) throws Exception {
        Fields audit = Fields.of(
                JsonReader.read(
                        hosts.commandLine
                                .require("audit", "--host", "b3", "--trust", "trust.json", "--json")
                                .strip(),
                        "audit"),
                "audit");
        List<String> changes =
                audit.objects("uses", 1000, use -> use.string("statement") + " " + use.string("about")).stream()
                        .filter(about -> about.startsWith("host "))
                        .map(about -> about.split(":")[0])
                        .toList();
        assertEquals(
                List.of(
                        "host b3 ADMITTED",
                        "host b3 LOST",
                        "host b3 ADMITTED",
                        "host b3 RESTARTED",
                        "host b3 ADMITTED"),
                changes);
        String second = hosts.commandLine.require("audit", "--host", "b2", "--trust", "trust.json");
        assertTrue(second.contains("b2 LOST: FILE_UNEXPECTED"), second);
    }

    /** What a builder's own machine shows. */
    private Introduction shown(IndependentHosts hosts, int number, Assignment work) throws Exception {
        var builder = new BuilderId("b" + number);
        return voices(hosts, number, builder)
                .voice(work.lease().round(), work.opening().digest())
                .introduction()
                .orElseThrow();
    }

    /** Asks for work with a certificate that a builder's own machine has been given for what it showed. */
    private HttpCoordinator admitted(IndependentHosts hosts, int number) throws Exception {
        var builder = new BuilderId("b" + number);
        Admitter admitter = hosts.calls().admitter(builder);
        var shown = voices(hosts, number, builder).show(admitter.nonce());
        return hosts.calls().with(builder, shown.pair().getPrivate(), admit(admitter, shown));
    }

    private static X509Certificate admit(Admitter admitter, MeasuredVoices.Shown shown) throws Exception {
        return admitter.admit(P256Key.of(shown.pair().getPublic()), shown.evidence());
    }

    private static void refused(String reason, Executable attempt) {
        var refused = assertThrows(RefusedException.class, attempt);
        assertTrue(refused.getMessage().contains(reason), refused::getMessage);
    }

    /** What one of the hosts shows in a builder's name. */
    private MeasuredVoices voices(IndependentHosts hosts, int number, BuilderId builder) throws Exception {
        TrustRoot trust = SignedTrust.parse(Files.readAllBytes(directory.resolve("trust.json")), "trust")
                .trust();
        return new MeasuredVoices(
                builder,
                Tpm.open(hosts.tpms.get(number - 1).tcti(), directory.resolve("shown" + number)),
                MeasuredVoices.profiles(trust, builder),
                List.of(directory.resolve("events")),
                hosts.kernels.get(number - 1).list());
    }

    private static Assignment lease(HttpCoordinator coordinator) throws Exception {
        return coordinator
                .lease(Platform.parse("linux/amd64"), Duration.ofSeconds(30))
                .orElseThrow();
    }

    private static void refused(HttpCoordinator coordinator, Assignment work, Introduction shown, String reason) {
        var refused = assertThrows(
                RefusedException.class, () -> coordinator.attest(work.lease(), shown.key(), shown.evidence()));
        assertTrue(refused.getMessage().contains(reason), refused::getMessage);
        // The lease is gone with the refusal.
        assertThrows(Exception.class, () -> coordinator.heartbeat(work.lease()));
    }

    private static List<Introduction> shown(BuilderId builder, Kit kit) {
        List<Introduction> shown = new ArrayList<>();
        for (Bundle bundle : kit.bundles()) {
            P256Key key =
                    P256Key.ofSpki(HashedRekord.spki(bundle.entry().body()).orElseThrow());
            if (evidence(bundle, key).filter(e -> e.builder().equals(builder)).isPresent()) {
                shown.add(new Introduction(key, bundle.envelope()));
            }
        }
        return shown;
    }

    private static Optional<HostEvidence> evidence(Bundle bundle, P256Key key) {
        try {
            return Optional.of(HostEvidence.parse(bundle.envelope().verify(key).orElseThrow()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private CommandLine.Result round(IndependentHosts hosts, String name) throws Exception {
        return watched(hosts, hosts.submit(name), name);
    }

    private static CommandLine.Result watched(IndependentHosts hosts, String round, String name) {
        CommandLine.Result watched = hosts.commandLine.run("status", round, "--watch");
        hosts.commandLine.require("fetch", round, "-o", name);
        return watched;
    }

    private Path kit(String name) {
        return directory.resolve(name).resolve("hello.sigstore.jsonl");
    }

    private CommandLine.Result verify(IndependentHosts hosts, String name) {
        return verify(hosts, name + "/hello", kit(name).toString());
    }

    private static CommandLine.Result verify(IndependentHosts hosts, String artifact, String kit) {
        return hosts.commandLine.run(
                "verify", artifact, "--kit", kit, "--trust", "trust.json", "--policy", "policy.yaml");
    }

    private static String line(String text, String builder) {
        return text.lines()
                .filter(line -> line.strip().startsWith(builder + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
    }

    private static int occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
