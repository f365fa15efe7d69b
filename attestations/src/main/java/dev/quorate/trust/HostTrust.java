package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;
import java.util.Optional;

/** By what hosts' evidence is judged: whose chips, and which states. */
public record HostTrust(List<Maker> makers, List<Profile> profiles) {
    /** No evidence can be good. */
    public static final HostTrust NONE = new HostTrust(List.of(), List.of());

    public HostTrust {
        makers = List.copyOf(makers);
        profiles = List.copyOf(profiles);
    }

    static HostTrust read(Fields fields, int most) throws MalformedException {
        return new HostTrust(
                fields.has("makers") ? fields.objects("makers", most, Maker::read) : List.of(),
                fields.has("profiles") ? fields.objects("profiles", most, Profile::read) : List.of());
    }

    /** An old trust root has neither, and its signatures must go on to hold. */
    void write(Json.Builder json) {
        if (!makers.isEmpty()) {
            json.put("makers", Json.arr(makers.stream().map(Maker::json).toList()));
        }
        if (!profiles.isEmpty()) {
            json.put("profiles", Json.arr(profiles.stream().map(Profile::json).toList()));
        }
    }

    /** The maker of that name. */
    public Optional<Maker> maker(String name) {
        return makers.stream().filter(maker -> maker.name().equals(name)).findFirst();
    }

    /** The profile of that name. */
    public Optional<Profile> profile(String name) {
        return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }
}
