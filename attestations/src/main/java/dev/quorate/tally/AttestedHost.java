package dev.quorate.tally;

import dev.quorate.host.Judgement;
import dev.quorate.json.Json;
import dev.quorate.trust.HostId;

/**
 * The machine behind a vote.
 *
 * @param profile whose reference values it met
 */
public record AttestedHost(HostId id, String profile) {
    static AttestedHost of(Judgement.Accepted accepted) {
        return new AttestedHost(accepted.host(), accepted.profile());
    }

    /** The object in reports and statuses. */
    public Json.Obj json() {
        return Json.object().put("id", id.toString()).put("profile", profile).build();
    }
}
