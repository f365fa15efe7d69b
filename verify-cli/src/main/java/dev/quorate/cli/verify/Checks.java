package dev.quorate.cli.verify;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.MalformedException;
import dev.quorate.policy.Policy;
import dev.quorate.spec.Release;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Verifier;

/** The options that {@code verify} and {@code gate} share. */
final class Checks {
    private static final int MAX_POLICY = 64 * 1024;

    private Checks() {}

    static Syntax syntax(String name) {
        return Syntax.of(name)
                .operands("ARTIFACT…", 1, Syntax.MANY)
                .with(
                        Option.required("trust", "FILE"),
                        Option.required("policy", "FILE"),
                        Option.optional("expect", "NAME@VERSION"));
    }

    /** A verifier under the user's own trust root and policy. */
    static Verifier verifier(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        GivenFile trust = GivenFile.of(here, arguments.value("trust"));
        GivenFile policy = GivenFile.of(here, arguments.value("policy"));
        return new Verifier(
                SignedTrust.parse(trust.bytes(SignedTrust.MAX_BYTES), trust.printable()),
                Policy.parse(policy.bytes(MAX_POLICY), policy.printable()),
                here.now(),
                arguments.optional("expect", Release::parse));
    }
}
