package dev.quorate.agent;

import dev.quorate.agent.qrexec.RemoteCommand;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import dev.quorate.round.BuilderId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that one agent is told, in YAML. Relative paths are relative to the file's own directory.
 *
 * <pre>
 * builder: b1
 * dir: data
 * coordinator: https://127.0.0.1:8443
 * coordinatorCertificate: coordinator.pem
 * trust: trust.json
 * isolation: container
 * cache: /var/cache/quorate     # may be left out; below dir then
 * tpm: {tcti: "device:/dev/tpmrm0"}   # may be left out; eventLogs: [FILE] and ima: FILE where Linux has them elsewhere
 * sevSnp: {}                    # may be left out; entry: DIR and certificates: FILE where they are elsewhere
 * qrexec:                       # with isolation: qrexec, and only then
 *   command: [qrexec-client-vm, build-remote, quorate.Build+b1]
 *   service: &lt;base64 SPKI that agent qrexec --init printed there&gt;
 * </pre>
 *
 * @param builder this builder's name in the trust root
 * @param directory all data of this agent
 * @param coordinator https URL without a path
 * @param coordinatorCertificate PEM file
 * @param trust trust root file
 * @param cache of downloads; may be shared between agents
 * @param tpm this machine's TPM, if it has one that it shows
 * @param sevSnp this confidential VM, if it is one that it shows
 * @param qrexec where builds are done, with {@link Isolation#QREXEC}
 */
public record AgentConfig(
        BuilderId builder,
        Path directory,
        URI coordinator,
        Path coordinatorCertificate,
        Path trust,
        Isolation isolation,
        Path cache,
        Optional<TpmConfig> tpm,
        Optional<SnpConfig> sevSnp,
        Optional<RemoteCommand> qrexec) {
    private static final int MAX_BYTES = 64 * 1024;

    /**
     * Reads the file.
     *
     * @param directory replaces {@code dir}, which may then be left out
     * @throws ConfigurationException if the file cannot be read
     */
    public static AgentConfig read(Path file, Optional<Path> directory)
            throws ConfigurationException, MalformedException {
        Fields fields = YamlReader.read(bytes(file, MAX_BYTES), MAX_BYTES, file.toString());
        Path here = file.toAbsolutePath().normalize().getParent();
        BuilderId builder = fields.string("builder", BuilderId::parse);
        Optional<Path> configured = fields.optional("dir", here::resolve);
        if (directory.isEmpty() && configured.isEmpty()) {
            throw fields.wrong("dir", "is missing; say where this agent keeps its data, here or with --dir");
        }
        Path data =
                directory.or(() -> configured).orElseThrow().toAbsolutePath().normalize();
        var config = new AgentConfig(
                builder,
                data,
                fields.string("coordinator", AgentConfig::address),
                fields.string("coordinatorCertificate", path(here)),
                fields.string("trust", path(here)),
                fields.string("isolation", Isolation::parse),
                fields.optional("cache", path(here)).orElse(data.resolve("cache")),
                fields.optionalObject("tpm", tpm -> TpmConfig.read(tpm, path(here))),
                fields.optionalObject("sevSnp", snp -> SnpConfig.read(snp, path(here), builder)),
                fields.optionalObject("qrexec", RemoteCommand::read));
        if (config.qrexec.isPresent() != (config.isolation == Isolation.QREXEC)) {
            throw fields.wrong("qrexec", "goes with isolation: qrexec, and isolation: qrexec with it");
        }
        fields.end();
        return config;
    }

    /** How tpm2-tools reach this machine's TPM, if it has one. */
    public Optional<String> tcti() {
        return tpm.map(TpmConfig::tcti);
    }

    /** Where the signing key lies. */
    public Path key() {
        return directory.resolve("builder.key");
    }

    /** Where the key for in-toto links lies, if there is one. */
    public Path linkKey() {
        return directory.resolve("link.key");
    }

    private static Fields.Parser<Path> path(Path here) {
        return text -> here.resolve(text).normalize();
    }

    /** A configuration file of at most so many bytes; of a longer one, one byte more. */
    static byte[] bytes(Path file, int most) throws ConfigurationException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file + ": is not there; give --config the agent's YAML file");
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read; check that it is a file, and its permissions");
        }
    }

    private static URI address(String text) {
        URI uri = URI.create(text);
        boolean bare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        if (!"https".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || !bare
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must be an https URL of a host and a port, https://127.0.0.1:8443");
        }
        return URI.create("https://" + uri.getRawAuthority() + "/");
    }
}
