package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.it.sim.Hardware.Image;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import java.util.List;
import java.util.Optional;

/** What a corrupt operator makes of its own machine's quotes, and of others' that it has heard. */
final class FalseEvidence {
    private final BuilderId self;
    private final SimulatedHost host;
    private final FreshKeys keys;
    private final Chance chance;

    FalseEvidence(BuilderId self, SimulatedHost host, FreshKeys keys, Chance chance) {
        this.self = self;
        this.host = host;
        this.keys = keys;
        this.chance = chance;
    }

    /**
     * Something that may pass for evidence of this occasion.
     *
     * @param heard what anybody has sent as evidence
     */
    Voice make(Occasion occasion, List<Request.Attest> heard) {
        Signer signer = keys.next();
        P256Key key = signer.publicKey();
        return switch (chance.below(8)) {
            case 0 -> host.show(occasion, signer);
            case 1 -> say(occasion, key, another(heard).orElseGet(() -> stranger(occasion, key)), signer);
            case 2 -> say(occasion, key, host.quote(self, occasion, keys.next().publicKey()), signer);
            case 3 -> {
                // Vouches for a key that is not the one that signs.
                P256Key other = keys.next().publicKey();
                yield say(occasion, other, host.quote(self, occasion, other), signer);
            }
            case 4 -> say(occasion, key, host.quote(new BuilderId("b9"), occasion, key), signer);
            case 5 -> say(occasion, key, touchedUp(host.quote(self, occasion, key)), signer);
            case 6 -> {
                var old = new Occasion.OfRound(RoundId.ofRandom(new byte[16]), Sha256.of("an older opening"));
                yield say(occasion, key, host.quote(self, old, key), signer);
            }
            default -> say(occasion, key, stranger(occasion, key), signer);
        };
    }

    private Voice say(Occasion occasion, P256Key key, HostReport report, Signer signer) {
        return SimulatedHost.say(new HostEvidence(self, occasion, key, report), signer);
    }

    /** Of another machine, or an older one of this. */
    private Optional<HostReport> another(List<Request.Attest> heard) {
        if (heard.isEmpty()) {
            return Optional.empty();
        }
        Request.Attest one = chance.of(heard);
        return one.envelope().verify(one.key()).map(payload -> {
            try {
                return HostEvidence.parse(payload).report();
            } catch (MalformedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Shows the registers and the log of a good state beside what was quoted. */
    private HostReport touchedUp(HostReport.Tpm2 report) {
        HostReport.Tpm2 good =
                Hardware.start(Hardware.tpm(self), Image.FIRST).quote(Sha256.of("any"), Hardware.REGISTERS);
        return chance.oneIn(2)
                ? new HostReport.Tpm2(report.ak(), report.quote(), report.signature(), good.pcrs(), good.eventLogs())
                : new HostReport.Tpm2(report.ak(), report.quote(), report.signature(), report.pcrs(), good.eventLogs());
    }

    /** Signed with a key that nobody enrolled, which may call itself the one that was. */
    private HostReport stranger(Occasion occasion, P256Key key) {
        SoftTpm unknown = Hardware.start(Hardware.stranger(self), Image.FIRST);
        HostReport.Tpm2 report = unknown.quote(HostEvidence.binding(self, occasion, key), Hardware.REGISTERS);
        return chance.oneIn(2)
                ? report
                : new HostReport.Tpm2(
                        Hardware.tpm(self).ak(), report.quote(), report.signature(), report.pcrs(), report.eventLogs());
    }
}
