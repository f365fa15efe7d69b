package dev.quorate.vectors;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.intoto.Subject;
import dev.quorate.kit.Bundle;
import dev.quorate.policy.Policy;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Rounds that many vectors begin with. */
final class Rounds {
    static final Outcome GOOD = Specs.built("good");
    static final Outcome EVIL = Specs.built("evil");

    private Rounds() {}

    /** Two builders, a threshold of two, nothing said yet. */
    static RoundScript two() {
        return two(Policies.threshold(2), 0);
    }

    static RoundScript two(Policy policy, int witnesses) {
        return new RoundScript(policy, witnesses).builder("b1").builder("b2");
    }

    static RoundScript three(Policy policy) {
        return two(policy, 0).builder("b3");
    }

    /** Two builders who agreed, certified: lines 0 opening, 1 and 2 commitments, 3 and 4 proofs, 5 certificate. */
    static RoundScript certified() {
        return two().open().agree(GOOD).certify();
    }

    static RoundScript witnessed(int required, int witnesses) {
        return two(Policies.witnessed(2, required), witnesses)
                .open()
                .agree(GOOD)
                .certify();
    }

    /** Everybody commits, then everybody reveals, in the order given; the n-th outcome is builder n's. */
    static RoundScript play(RoundScript opened, Outcome... outcomes) {
        for (int i = 0; i < outcomes.length; i++) {
            opened.commit("b" + (i + 1), outcomes[i]);
        }
        for (int i = 0; i < outcomes.length; i++) {
            opened.reveal("b" + (i + 1), outcomes[i]);
        }
        return opened;
    }

    static Outcome failed(FailureClass failure) {
        return new Outcome.Failed(failure, "it did not work");
    }

    /** The certificate that a certifier would sign who tallies under a laxer policy and names no proof. */
    static Certificate laxCertificate(RoundScript script) {
        Certificate honest = Certificate.of(
                script.opening().value(),
                script.tally(script.policy(), Openness.CLOSED),
                List.of(),
                "quorate.example",
                RoundScript.START.plusSeconds(60));
        return over(honest, "good", "quorate.example");
    }

    /** The same certificate as another certifier's word for another file. */
    static Certificate claiming(Certificate honest, List<String> levels) {
        return new Certificate(
                honest.subjects(),
                honest.certifier(),
                honest.release(),
                honest.time(),
                honest.policy(),
                honest.proofs(),
                levels,
                honest.round(),
                honest.spec(),
                honest.verdict());
    }

    static Certificate over(Certificate honest, String content, String certifier) {
        return new Certificate(
                List.of(new Subject("hello", Sha256.of(content))),
                certifier,
                honest.release(),
                honest.time(),
                honest.policy(),
                honest.proofs(),
                List.of("SLSA_BUILD_REPRODUCED"),
                honest.round(),
                honest.spec(),
                Verdict.CERTIFIED);
    }

    static List<Bundle> with(List<Bundle> bundles, int at, Bundle other) {
        List<Bundle> changed = new ArrayList<>(bundles);
        changed.set(at, other);
        return changed;
    }

    static List<Bundle> without(List<Bundle> bundles, int at) {
        List<Bundle> changed = new ArrayList<>(bundles);
        changed.remove(at);
        return changed;
    }

    static List<Bundle> plus(List<Bundle> bundles, Bundle more) {
        List<Bundle> changed = new ArrayList<>(bundles);
        changed.add(more);
        return changed;
    }
}
