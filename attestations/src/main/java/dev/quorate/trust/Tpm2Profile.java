package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Good states of a host with a TPM 2.0. Everything that is given must hold.
 *
 * @param pcrs by the value of a register
 * @param events by the events that were measured into a register
 * @param drtm whether a dynamic launch (DRTM, as TrenchBoot does it) must have measured into PCRs 17 and 18
 * @param ima SHA-256 of every file that the host may use, as Linux measures them into PCR 10 (IMA); none to ask for no list
 */
public record Tpm2Profile(
        String name, List<PcrReference> pcrs, List<EventReference> events, boolean drtm, List<Sha256> ima)
        implements Profile {
    /** The registers that a dynamic launch resets and extends: the launched code, and its settings. */
    public static final Set<Integer> DRTM_PCRS = Set.of(17, 18);

    private static final int IMA_PCR = 10;
    private static final int MOST_FILES = 10_000;

    public Tpm2Profile {
        pcrs = List.copyOf(pcrs);
        events = List.copyOf(events);
        ima = List.copyOf(ima);
        Principal.name(name);
    }

    /** A profile that asks for no list of files. */
    public Tpm2Profile(String name, List<PcrReference> pcrs, List<EventReference> events, boolean drtm) {
        this(name, pcrs, events, drtm, List.of());
    }

    static Tpm2Profile read(Fields fields) throws MalformedException {
        int most = PcrReference.LAST_PCR + 1;
        var profile = new Tpm2Profile(
                fields.string("name", Principal::name),
                fields.has("pcrs") ? fields.objects("pcrs", most, PcrReference::read) : List.of(),
                fields.has("events") ? fields.objects("events", most, EventReference::read) : List.of(),
                fields.has("drtm") && fields.bool("drtm"),
                fields.has("ima") ? fields.strings("ima", MOST_FILES, Sha256::parse) : List.of());
        fields.end();
        profile.refuseUnfit(fields);
        return profile;
    }

    private void refuseUnfit(Fields fields) throws MalformedException {
        if (pcrs.stream().map(PcrReference::pcr).distinct().count() < pcrs.size()) {
            throw fields.wrong("pcrs", "names a PCR twice; put its values together");
        }
        if (events.stream().map(EventReference::pcr).distinct().count() < events.size()) {
            throw fields.wrong("events", "names a PCR twice; put its events together");
        }
        Set<Integer> known = new TreeSet<>();
        pcrs.forEach(reference -> known.add(reference.pcr()));
        events.forEach(reference -> known.add(reference.pcr()));
        if (known.isEmpty()) {
            throw new MalformedException(fields.place(), "must give reference values of at least one PCR");
        }
        if (drtm && !known.containsAll(DRTM_PCRS)) {
            throw fields.wrong("drtm", "needs reference values of PCRs 17 and 18");
        }
    }

    @Override
    public HostKind kind() {
        return HostKind.TPM2;
    }

    /** The registers that a quote must cover. */
    public Set<Integer> quoted() {
        Set<Integer> quoted = new TreeSet<>();
        Stream.concat(pcrs.stream().map(PcrReference::pcr), events.stream().map(EventReference::pcr))
                .forEach(quoted::add);
        if (!ima.isEmpty()) {
            quoted.add(IMA_PCR);
        }
        return quoted;
    }

    @Override
    public Json.Obj json() {
        Json.Builder json = Json.object().put("name", name).put("kind", kind().word());
        if (!pcrs.isEmpty()) {
            json.put("pcrs", Json.arr(pcrs.stream().map(PcrReference::json).toList()));
        }
        if (!events.isEmpty()) {
            json.put(
                    "events", Json.arr(events.stream().map(EventReference::json).toList()));
        }
        if (drtm) {
            json.put("drtm", true);
        }
        if (!ima.isEmpty()) {
            json.put("ima", Json.strings(ima.stream().map(Sha256::hex).toList()));
        }
        return json.build();
    }
}
