package dev.quorate.cli.demo;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the configuration files of a demo, the same that an operator, a maintainer and a user would write. */
record Configs(Plan plan, Workspace workspace, int port) {

    Path coordinator() throws IOException {
        workspace.write("coordinator/coordinator.yaml", """
                listen: 127.0.0.1:%d
                dir: data
                name: demo.quorate.example
                trust: ../trust/trust.json
                policy: ../policy.yaml
                builders: %d
                """.formatted(port, plan.builders()));
        return workspace.directory().resolve("coordinator/coordinator.yaml");
    }

    Path agent(String name) throws IOException {
        workspace.write("agents/" + name + "/agent.yaml", """
                builder: %s
                dir: .
                coordinator: https://127.0.0.1:%d
                coordinatorCertificate: ../../coordinator/data/tls.pem
                trust: ../../trust/trust.json
                isolation: %s
                cache: ../../cache
                """.formatted(name, port, plan.isolation()));
        return workspace.agent(name).resolve("agent.yaml");
    }

    void client() throws IOException {
        workspace.write("client.yaml", """
                coordinator: https://127.0.0.1:%d
                coordinatorCertificate: coordinator/data/tls.pem
                key: trust/maintainer.key
                """.formatted(port));
    }

    void policy() throws IOException {
        workspace.write("policy.yaml", """
                threshold: %d        # operators that must agree
                hosts: none         # nothing is asked of the hosts here
                dissent: blocks     # one other result contests the round
                witnesses: 0        # nobody cosigns the log here
                freshness: 90d      # of the certificate
                """.formatted(plan.threshold()));
    }
}
