package dev.quorate.agent;

import dev.quorate.agent.qrexec.Caller;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import dev.quorate.round.BuilderId;
import java.nio.file.Path;
import java.util.List;

/**
 * All that the service {@code quorate.Build} is told, in YAML. Relative paths are relative to the file's own directory.
 *
 * <pre>
 * dir: /var/lib/quorate
 * isolation: container
 * callers:
 *   - {builder: b1, key: &lt;base64 SPKI that agent --init printed there&gt;}
 * </pre>
 *
 * @param directory all data of the service
 * @param isolation of the build on this machine
 * @param callers whose requests are answered; may be empty while there is only a key to be made
 */
record QrexecConfig(Path directory, Isolation isolation, List<Caller> callers) {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MOST_CALLERS = 100;

    static QrexecConfig read(Path file) throws ConfigurationException, MalformedException {
        Fields fields = YamlReader.read(AgentConfig.bytes(file, MAX_BYTES), MAX_BYTES, file.toString());
        Path here = file.toAbsolutePath().normalize().getParent();
        var config = new QrexecConfig(
                fields.string("dir", text -> here.resolve(text).normalize()),
                fields.string("isolation", Isolation::parse),
                fields.objects("callers", MOST_CALLERS, QrexecConfig::caller));
        if (config.isolation == Isolation.QREXEC) {
            throw fields.wrong("isolation", "must be of this machine; the service does not call another one");
        }
        if (config.callers.stream().map(Caller::key).distinct().count() < config.callers.size()) {
            throw fields.wrong("callers", "has one key twice");
        }
        fields.end();
        return config;
    }

    /** Where the service's key lies. */
    Path key() {
        return directory.resolve("service.key");
    }

    private static Caller caller(Fields fields) throws MalformedException {
        var caller = new Caller(fields.string("builder", BuilderId::parse), fields.string("key", P256Key::parse));
        fields.end();
        return caller;
    }
}
