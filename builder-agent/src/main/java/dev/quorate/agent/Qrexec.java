package dev.quorate.agent;

import dev.quorate.agent.build.Builder;
import dev.quorate.agent.build.Leftovers;
import dev.quorate.agent.build.LocalBuilder;
import dev.quorate.agent.identity.SigningKey;
import dev.quorate.agent.identity.UnusableFileException;
import dev.quorate.agent.qrexec.CalledBuild;
import dev.quorate.agent.qrexec.Invocation;
import dev.quorate.dsse.Signer;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code agent qrexec}: the program of the Qubes service {@code quorate.Build}, for one call. */
final class Qrexec {
    private static final Logger LOG = LoggerFactory.getLogger(Qrexec.class);
    private static final int ANSWERED = 0;
    private static final int NOT_ANSWERED = 1;
    private static final String CONFIG = "--config";
    private static final String INIT = "--init";

    private Qrexec() {}

    static int run(List<String> arguments, UnaryOperator<Builder> decorator)
            throws ConfigurationException, MalformedException, UnusableFileException, IOException {
        Options options = Options.parse(arguments, Set.of(CONFIG), Set.of(INIT));
        QrexecConfig config = QrexecConfig.read(Path.of(options.need(CONFIG)));
        if (options.has(INIT)) {
            Signer made = SigningKey.readOrMake(config.key());
            System.out.println(CanonicalJson.write(
                    Json.object().put("service", made.publicKey().toString()).build()));
            return ANSWERED;
        }
        System.setErr(new PrintStream(new Diagnostics(System.err), true, StandardCharsets.UTF_8));
        return answer(config, invocation(System.getenv()), decorator);
    }

    private static Invocation invocation(Map<String, String> environment) throws ConfigurationException {
        try {
            return Invocation.of(environment);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static int answer(QrexecConfig config, Invocation invocation, UnaryOperator<Builder> decorator)
            throws ConfigurationException, UnusableFileException, IOException {
        new Drain(Thread.currentThread()).install();
        try (DirectoryLock _ = DirectoryLock.await(config.directory())) {
            Signer signer = SigningKey.read(config.key());
            Leftovers.sweep(config.directory());
            Builder builder = decorator.apply(builder(config));
            new CalledBuild(config.callers(), invocation, signer, builder, config.directory(), Clock.systemUTC())
                    .answer(in(), out());
            LOG.info("call answered caller={}", invocation.domain());
            return ANSWERED;
        } catch (InterruptedException e) {
            LOG.warn("call broken off caller={}", invocation.domain());
            return NOT_ANSWERED;
        } catch (IOException e) {
            // The result is nobody's business on the way: no message of a build's own gets here.
            LOG.warn(
                    "call not answered caller={} reason={}",
                    invocation.domain(),
                    Printable.of(String.valueOf(e.getMessage())));
            return NOT_ANSWERED;
        }
    }

    private static Builder builder(QrexecConfig config)
            throws ConfigurationException, IOException, InterruptedException {
        return switch (config.isolation()) {
            case CONTAINER -> LocalBuilder.inContainers(config.directory(), Clock.systemUTC());
            case VM -> Machines.builder(config.directory(), Clock.systemUTC());
            case QREXEC -> throw new IllegalStateException("the configuration has refused it");
        };
    }

    /** As channels, because a thread that waits for a channel can be interrupted. */
    private static InputStream in() {
        return Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
    }

    private static OutputStream out() {
        return Channels.newOutputStream(new FileOutputStream(FileDescriptor.out).getChannel());
    }
}
