package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import dev.quorate.trust.TrustedTpm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Revokes a key, a builder, a certificate or a host from an instant on. */
public final class TrustRevoke implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust revoke")
                .operands("FILE key|builder|certificate|host ID", 3, 3)
                .with(Option.required("reason", "TEXT"), Option.optional("since", "INSTANT"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        List<String> operands = arguments.operands();
        TrustFile file = TrustFile.read(GivenFile.of(here, operands.getFirst()));
        Instant since = arguments
                .optional("since", text -> Expiry.parse(text, here.now()))
                .orElse(here.now().truncatedTo(ChronoUnit.SECONDS));
        Revocation.Kind kind = kind(arguments);
        String id = operands.get(2);
        refuseUnknown(arguments, file.trust(), kind, id);
        var revocation = new Revocation(kind, id, since, arguments.value("reason"));
        return file.keep(
                Draft.of(file).revocation(revocation),
                "revoked " + operands.get(1) + " " + Printable.of(id) + " since " + since);
    }

    private static Revocation.Kind kind(Arguments arguments) throws RefusedException {
        String word = arguments.operands().get(1);
        return switch (word) {
            case "key" -> Revocation.Kind.KEY;
            case "builder" -> Revocation.Kind.BUILDER;
            case "certificate" -> Revocation.Kind.CERTIFICATE;
            case "host" -> Revocation.Kind.HOST;
            default -> throw arguments.refused(Printable.quote(word) + " is not key, builder, certificate or host");
        };
    }

    /** A misspelt name would revoke nothing and look as if it had. */
    private static void refuseUnknown(Arguments arguments, TrustRoot trust, Revocation.Kind kind, String id)
            throws RefusedException {
        switch (kind) {
            case BUILDER -> {
                BuilderId builder = arguments.operand(2, BuilderId::parse);
                if (trust.builder(builder).isEmpty()) {
                    throw arguments.refused("there is no builder " + builder);
                }
            }
            case KEY -> {
                Sha256 key = arguments.operand(2, Sha256::parse);
                if (keys(trust).noneMatch(known -> known.id().equals(key))) {
                    throw arguments.refused("there is no key " + key + "; quorate trust show lists them");
                }
            }
            case HOST -> {
                Sha256 host = arguments.operand(2, Sha256::parse);
                if (hosts(trust).noneMatch(known -> known.sha256().equals(host))) {
                    throw arguments.refused("no builder has a host " + host + ", and no key is kept there");
                }
            }
            case CERTIFICATE -> arguments.operand(2, Sha256::parse);
        }
    }

    private static Stream<HostId> hosts(TrustRoot trust) {
        Stream<TrustedHost> ofBuilders = trust.builders().stream().flatMap(builder -> builder.hosts().stream());
        return Stream.concat(
                ofBuilders.map(TrustedHost::id), trust.tpms().stream().map(TrustedTpm::id));
    }

    private static Stream<P256Key> keys(TrustRoot trust) {
        Stream<List<TimedKey>> builders = trust.builders().stream().map(TrustedBuilder::keys);
        Stream<List<TimedKey>> others = Stream.concat(trust.certifiers().stream(), trust.maintainers().stream())
                .map(Principal::keys);
        return Stream.concat(builders, others).flatMap(List::stream).map(TimedKey::key);
    }
}
