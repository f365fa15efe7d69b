package dev.quorate.agent.protocol;

import dev.quorate.dsse.Base64Text;
import dev.quorate.host.credential.MadeCredential;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Proves to a coordinator which TPM a host has. */
public record Enroller(Wire wire) {
    private static final Wire.Bounds BOUNDS = new Wire.Bounds(Duration.ofSeconds(30), 64 * 1024);
    private static final Set<Integer> OK = Set.of(200);

    /** Reads a credential; only the right TPM can. */
    public interface Activation {
        /** What is in the credential. */
        byte[] activate(MadeCredential credential) throws IOException, InterruptedException;
    }

    private record Challenge(String name, MadeCredential credential) {
        static Challenge read(Fields fields) throws MalformedException {
            return new Challenge(
                    fields.string("challenge"),
                    new MadeCredential(
                            fields.string("blob", Base64Text::decode), fields.string("secret", Base64Text::decode)));
        }
    }

    /**
     * Enrols.
     *
     * @param endorsement certificate, DER
     * @param attestation TPMT_PUBLIC
     * @return the record that root key holders import
     */
    public Json.Obj enrol(BuilderId builder, byte[] endorsement, byte[] attestation, Activation tpm)
            throws CoordinatorException, IOException, InterruptedException {
        Json.Obj claim = Json.object()
                .put("builder", builder.text())
                .put("endorsement", Base64Text.encode(endorsement))
                .put("attestation", Base64Text.encode(attestation))
                .build();
        Challenge challenge =
                wire.send(wire.post("v1/enrol/challenge", claim), BOUNDS, OK).read(Challenge::read);
        Json.Obj solution = Json.object()
                .put("challenge", challenge.name())
                .put("credential", Base64Text.encode(tpm.activate(challenge.credential())))
                .build();
        return wire.send(wire.post("v1/enrol/host", solution), BOUNDS, OK).read(Fields::json);
    }
}
