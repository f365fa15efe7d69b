package dev.quorate.it.sim;

import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.it.sim.Hardware.Image;
import dev.quorate.round.BuilderId;
import java.util.Optional;

/** A builder's machine with its TPM. Whatever it quotes, for whomever, it tells the oracle too. */
final class SimulatedHost {
    private final BuilderId owner;
    private final SoftTpm tpm;
    private final Quotes quotes;
    private Optional<Image> running = Optional.empty();

    SimulatedHost(BuilderId owner, Quotes quotes) {
        this.owner = owner;
        this.tpm = Hardware.tpm(owner);
        this.quotes = quotes;
        boot(Image.FIRST);
    }

    /** Starts it anew. */
    void boot(Image image) {
        Hardware.start(tpm, image);
        running = Optional.of(image);
    }

    /** Something else runs from now on: measured and in the log, measured and kept out of it, or the firmware. */
    void tamper(int how) {
        switch (how) {
            case 0 -> tpm.measure(8, "rootkit");
            case 1 -> tpm.extend(8, "rootkit");
            default -> tpm.extend(0, "rootkit");
        }
        running = Optional.empty();
    }

    /** What it runs, unless that is something that nobody allows. */
    Optional<Image> running() {
        return running;
    }

    /** Quotes what its owner asks it to. */
    HostReport.Tpm2 quote(BuilderId builder, Occasion occasion, P256Key key) {
        HostReport.Tpm2 report = tpm.quote(HostEvidence.binding(builder, occasion, key), Hardware.REGISTERS);
        quotes.quoted(report, new Quotes.Quoted(builder, occasion, key, running));
        return report;
    }

    /** What an honest owner has it say. */
    Voice show(Occasion occasion, Signer fresh) {
        P256Key key = fresh.publicKey();
        return say(new HostEvidence(owner, occasion, key, quote(owner, occasion, key)), fresh);
    }

    static Voice say(HostEvidence evidence, Signer signer) {
        return new Voice(signer, Cast.sign(evidence.statement(), signer));
    }
}
