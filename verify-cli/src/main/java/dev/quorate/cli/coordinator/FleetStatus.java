package dev.quorate.cli.coordinator;

import dev.quorate.host.HostReadiness;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * In what standing the builders' hosts are, in the coordinator's words; none of it is verified.
 *
 * @param json the whole object
 */
public record FleetStatus(Json.Obj json, List<Builder> builders) {
    private static final int MOST = 1000;

    /**
     * A builder of the trust root in force there.
     *
     * @param state what becomes of it in the next round that asks for attested hosts
     * @param host what it last showed; empty if it never showed any
     */
    public record Builder(
            String builder,
            String operator,
            String zone,
            String cpuVendor,
            HostReadiness state,
            Optional<Standing> host) {}

    /**
     * A host's standing.
     *
     * @param id empty if it is not known which machine it was
     * @param until when its certificate ends
     * @param reason why it changed; may be empty
     * @param index where the log has the notice of it; empty until it has
     */
    public record Standing(String id, Instant since, Instant until, String reason, Optional<Long> index) {}

    static FleetStatus read(Fields fields) throws MalformedException {
        return new FleetStatus(fields.json(), fields.objects("builders", MOST, FleetStatus::builder));
    }

    private static Builder builder(Fields fields) throws MalformedException {
        return new Builder(
                fields.string("builder"),
                fields.string("operator"),
                fields.string("zone"),
                fields.string("cpuVendor"),
                fields.word("state", HostReadiness.class),
                fields.value("host") instanceof Json.Obj
                        ? Optional.of(standing(fields.object("host")))
                        : Optional.empty());
    }

    private static Standing standing(Fields fields) throws MalformedException {
        return new Standing(
                fields.value("id") instanceof Json.Str ? fields.string("id") : "",
                fields.string("since", Instant::parse),
                fields.string("until", Instant::parse),
                fields.string("reason"),
                fields.value("index") instanceof Json.Num
                        ? Optional.of(fields.integer("index", 0, Long.MAX_VALUE))
                        : Optional.empty());
    }
}
