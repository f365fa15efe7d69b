package dev.quorate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class PolicyFuzzTest implements Fuzzed {
    private static final String ALL = """
            threshold: 3
            distinct: {zone: 2, cpuVendor: 2, host: 1}
            hosts: "none"   # or measured
            dissent: blocks
            witnesses: 0
            freshness: 90d
            """;

    @Override
    public List<Target> targets() {
        return List.of(Target.of(
                "policy",
                PolicyFuzzTest::policy,
                ALL.getBytes(StandardCharsets.UTF_8),
                Vectors.file("measured_hosts_ok", "policy.yaml"),
                Vectors.file("policy_as_json_ok", "policy.yaml")));
    }

    /** A policy asks for two builders at least, and is its JSON. */
    private static void policy(byte[] bytes) throws MalformedException {
        Policy policy = Policy.parse(bytes, "fuzz");
        assertEquals(policy, Policy.read(Fields.of(policy.json(), "again")));
        assertEquals(true, policy.threshold() >= 2);
    }
}
