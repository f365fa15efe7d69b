package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.enrol.Challenge;
import dev.quorate.coordinator.enrol.Enrolment;
import dev.quorate.coordinator.store.EnrolledHost;
import dev.quorate.dsse.Base64Text;
import dev.quorate.host.HostRecord;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.DerCertificate;
import java.io.IOException;
import java.util.List;

/** What hosts say before they are builders; {@link dev.quorate.coordinator.enrol} has the forms. */
final class EnrolRoutes {
    private static final int SHORT = 16 * 1024;

    private final Enrolment enrolment;

    EnrolRoutes(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/enrol/challenge", Role.HOST, SHORT, this::challenge),
                new Route("POST", "/v1/enrol/host", Role.HOST, SHORT, this::prove));
    }

    private record Claim(BuilderId builder, byte[] endorsement, byte[] attestation) {
        static Claim read(Fields fields) throws MalformedException {
            var claim = new Claim(
                    fields.string("builder", BuilderId::parse),
                    fields.string("endorsement", Base64Text::decode),
                    fields.string("attestation", Base64Text::decode));
            fields.end();
            return claim;
        }
    }

    private record Solution(String challenge, byte[] credential) {
        static Solution read(Fields fields) throws MalformedException {
            var solution = new Solution(fields.string("challenge"), fields.string("credential", Base64Text::decode));
            fields.end();
            return solution;
        }
    }

    private Reply challenge(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Claim claim = exchange.json(Claim::read);
        Challenge challenge =
                enrolment.challenge(exchange.builder(), claim.builder(), claim.endorsement(), claim.attestation());
        return Reply.json(
                200,
                Json.object()
                        .put("challenge", challenge.name())
                        .put("blob", Base64Text.encode(challenge.credential().blob()))
                        .put("secret", Base64Text.encode(challenge.credential().secret()))
                        .build());
    }

    private Reply prove(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Solution solution = exchange.json(Solution::read);
        EnrolledHost host = enrolment.prove(solution.challenge(), solution.credential());
        var record = new HostRecord.Tpm2(
                host.builder(), AttestationKey.of(host.attestation()).key(), DerCertificate.of(host.endorsement()));
        return Reply.json(200, record.json());
    }
}
