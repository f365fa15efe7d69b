package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;
import java.util.Optional;

/**
 * By what hosts' evidence is judged: whose chips, and which states.
 *
 * @param keyHosts machines that keep keys of certifiers and root key holders, and need be no builder's
 */
public record HostTrust(List<Maker> makers, List<Profile> profiles, List<TrustedTpm> keyHosts) {
    /** No evidence can be good. */
    public static final HostTrust NONE = new HostTrust(List.of(), List.of());

    public HostTrust {
        makers = List.copyOf(makers);
        profiles = List.copyOf(profiles);
        keyHosts = List.copyOf(keyHosts);
    }

    /** Where builders alone have hosts. */
    public HostTrust(List<Maker> makers, List<Profile> profiles) {
        this(makers, profiles, List.of());
    }

    static HostTrust read(Fields fields, int most) throws MalformedException {
        return new HostTrust(
                fields.has("makers") ? fields.objects("makers", most, Maker::read) : List.of(),
                fields.has("profiles") ? fields.objects("profiles", most, Profile::read) : List.of(),
                fields.has("keyHosts") ? fields.objects("keyHosts", most, TrustedTpm::read) : List.of());
    }

    /** An old trust root has none of them, and its signatures must go on to hold. */
    void write(Json.Builder json) {
        if (!makers.isEmpty()) {
            json.put("makers", Json.arr(makers.stream().map(Maker::json).toList()));
        }
        if (!profiles.isEmpty()) {
            json.put("profiles", Json.arr(profiles.stream().map(Profile::json).toList()));
        }
        if (!keyHosts.isEmpty()) {
            json.put(
                    "keyHosts",
                    Json.arr(keyHosts.stream()
                            .map(tpm -> tpm.write(Json.object()).build())
                            .toList()));
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

    /** The same with these makers. */
    public HostTrust withMakers(List<Maker> others) {
        return new HostTrust(others, profiles, keyHosts);
    }

    /** The same with these profiles. */
    public HostTrust withProfiles(List<Profile> others) {
        return new HostTrust(makers, others, keyHosts);
    }

    /** The same with these machines for keys. */
    public HostTrust withKeyHosts(List<TrustedTpm> others) {
        return new HostTrust(makers, profiles, others);
    }
}
