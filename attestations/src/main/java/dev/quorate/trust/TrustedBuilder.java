package dev.quorate.trust;

import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.log.Ed25519PublicKey;
import dev.quorate.round.BuilderId;
import java.util.List;
import java.util.Optional;

/**
 * A builder whose vote may count.
 *
 * @param operator who runs it; one vote each
 * @param zone where and on what it runs: isolation technology, site, administration
 * @param cpuVendor maker of its CPU
 * @param keys with which it may sign whatever its host is; a builder that always shows evidence needs none
 * @param linkKey with which it signs in-toto links for tools that read them; it signs no vote
 * @param hosts machines whose evidence lets a key that is not named here speak for it
 * @param identities that vouch for its keys; with one, each key needs a {@link KeyVoucher}
 */
public record TrustedBuilder(
        BuilderId id,
        String operator,
        String zone,
        String cpuVendor,
        List<TimedKey> keys,
        Optional<Ed25519PublicKey> linkKey,
        List<TrustedHost> hosts,
        List<Identity> identities) {
    private static final int MOST_HOSTS = 100;

    public TrustedBuilder {
        keys = List.copyOf(keys);
        hosts = List.copyOf(hosts);
        identities = List.copyOf(identities);
    }

    /** A builder that signs no links, and whose keys nobody vouches for. */
    public TrustedBuilder(
            BuilderId id,
            String operator,
            String zone,
            String cpuVendor,
            List<TimedKey> keys,
            List<TrustedHost> hosts) {
        this(id, operator, zone, cpuVendor, keys, Optional.empty(), hosts, List.of());
    }

    /** A builder about whose hosts nothing is known. */
    public TrustedBuilder(BuilderId id, String operator, String zone, String cpuVendor, List<TimedKey> keys) {
        this(id, operator, zone, cpuVendor, keys, List.of());
    }

    static TrustedBuilder read(Fields fields) throws MalformedException {
        var builder = new TrustedBuilder(
                fields.string("id", BuilderId::parse),
                fields.string("operator", Principal::name),
                fields.string("zone", Principal::name),
                fields.string("cpuVendor", Principal::name),
                fields.objects("keys", Principal.MOST_KEYS, TimedKey::readBuilders),
                fields.optional("linkKey", text -> Ed25519PublicKey.ofSpki(Base64Text.decode(text))),
                fields.has("hosts") ? fields.objects("hosts", MOST_HOSTS, TrustedHost::read) : List.of(),
                Identity.list(fields));
        fields.end();
        return builder;
    }

    Json.Obj json() {
        Json.Builder json = Json.object()
                .put("id", id.text())
                .put("operator", operator)
                .put("zone", zone)
                .put("cpuVendor", cpuVendor)
                .put("keys", Json.arr(keys.stream().map(TimedKey::json).toList()));
        linkKey.ifPresent(key -> json.put("linkKey", Base64Text.encode(key.spki())));
        if (!hosts.isEmpty()) {
            json.put("hosts", Json.arr(hosts.stream().map(TrustedHost::json).toList()));
        }
        Identity.write(identities, json);
        return json.build();
    }

    /** This builder's entry for a key, if it has it. */
    public Optional<TimedKey> key(P256Key key) {
        return keys.stream().filter(timed -> timed.key().equals(key)).findFirst();
    }

    /** The same builder with these keys. */
    public TrustedBuilder withKeys(List<TimedKey> others) {
        return new TrustedBuilder(id, operator, zone, cpuVendor, others, linkKey, hosts, identities);
    }

    /** The same builder with these hosts. */
    public TrustedBuilder with(List<TrustedHost> others) {
        return new TrustedBuilder(id, operator, zone, cpuVendor, keys, linkKey, others, identities);
    }

    /** The same builder with this key for links. */
    public TrustedBuilder with(Ed25519PublicKey other) {
        return new TrustedBuilder(id, operator, zone, cpuVendor, keys, Optional.of(other), hosts, identities);
    }

    /** The same builder with these identities. */
    public TrustedBuilder withIdentities(List<Identity> others) {
        return new TrustedBuilder(id, operator, zone, cpuVendor, keys, linkKey, hosts, others);
    }
}
