package dev.quorate.cli.demo;

import dev.quorate.cli.RefusedException;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How two root key holders come to name everybody who takes part. */
final class Ceremony {
    private static final List<String> ROOT_KEYS = List.of("alice", "bob");
    private static final String TRUST = "trust/trust.json";

    private final Plan plan;
    private final Configs configs;
    private final Servers servers;
    private final Shell shell;

    Ceremony(Plan plan, Configs configs, Servers servers, Shell shell) {
        this.plan = plan;
        this.configs = configs;
        this.servers = servers;
        this.shell = shell;
    }

    void hold() throws RefusedException, MalformedException, IOException, InterruptedException {
        configs.policy();
        begin();
        Servers.Initialising coordinator = servers.init("coordinator", "coordinator", configs.coordinator());
        List<Servers.Initialising> agents = new ArrayList<>();
        for (String name : plan.agents()) {
            agents.add(servers.init(name, "agent", configs.agent(name)));
        }
        nameCoordinator(keys(coordinator));
        shell.quiet("trust", "add", TRUST, "maintainer", "--id", "maintainer", "--key", "trust/maintainer.key.pub");
        for (Servers.Initialising agent : agents) {
            nameBuilder(agent.name(), keys(agent));
        }
        for (String name : ROOT_KEYS) {
            shell.require("trust", "sign", TRUST, "--key", key(name));
        }
        configs.client();
    }

    private void begin() throws RefusedException {
        for (String name : ROOT_KEYS) {
            shell.quiet("trust", "key", "-o", key(name));
        }
        shell.quiet("trust", "key", "-o", key("maintainer"));
        List<String> init = new ArrayList<>(List.of("trust", "init", "--threshold", "2", "--expires", "365d"));
        ROOT_KEYS.forEach(name -> init.addAll(List.of("--root-key", name + "=" + key(name) + ".pub")));
        init.addAll(List.of("-o", TRUST));
        shell.require(init.toArray(String[]::new));
    }

    private void nameCoordinator(Fields keys) throws RefusedException, MalformedException {
        shell.quiet(
                "trust", "add", TRUST, "certifier", "--id", "demo.quorate.example", "--key", keys.string("certifier"));
        shell.quiet("trust", "add", TRUST, "log", "--vkey", keys.string("log"));
    }

    private void nameBuilder(String name, Fields keys) throws RefusedException, MalformedException, IOException {
        shell.require(
                "trust",
                "add",
                TRUST,
                "builder",
                "--id",
                name,
                "--operator",
                "operator-" + name,
                "--zone",
                "zone-" + name,
                "--cpu-vendor",
                Machine.cpuVendor(),
                "--key",
                keys.string("key"),
                "--link-key",
                keys.string("linkKey"));
    }

    /** What a server printed of the keys that it made. */
    private static Fields keys(Servers.Initialising server)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        return Fields.of(JsonReader.read(server.printed().strip(), "--init"), "--init");
    }

    private static String key(String name) {
        return "trust/" + name + ".key";
    }
}
