package dev.quorate.cli.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.host.SealJudge;
import dev.quorate.host.SealJudgement;
import dev.quorate.json.Json;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import java.util.List;
import java.util.stream.Stream;

/** What the evidence beside keys of root key holders and certifiers is worth, as JSON. */
final class ShownSeals {
    private ShownSeals() {}

    static Json.Arr json(TrustRoot trust, SealJudge judge) {
        Stream<Json.Obj> roots = trust.root().keys().stream()
                .map(RootKey::key)
                .flatMap(key -> judge.judge(key).stream().map(judgement -> json(key, judgement)));
        Stream<Json.Obj> certifiers = trust.certifiers().stream()
                .flatMap(certifier -> certifier.keys().stream().map(TimedKey::key))
                .flatMap(key -> judge.judge(key).stream().map(judgement -> json(key, judgement)));
        List<Json.Obj> all = Stream.concat(roots, certifiers).toList();
        return Json.arr(all);
    }

    private static Json.Obj json(P256Key key, SealJudgement judgement) {
        Json.Builder json = Json.object().put("key", key.id().hex());
        return switch (judgement) {
            case SealJudgement.Sealed sealed ->
                json.put("good", true)
                        .put("host", sealed.host().toString())
                        .put("profile", sealed.profile())
                        .put("pcrs", sealed.state().hex())
                        .build();
            case SealJudgement.Refused refused ->
                json.put("good", false)
                        .put("refusal", refused.reason().name())
                        .put("detail", refused.detail())
                        .build();
        };
    }
}
