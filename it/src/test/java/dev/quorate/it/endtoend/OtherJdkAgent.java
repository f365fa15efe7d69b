package dev.quorate.it.endtoend;

import dev.quorate.agent.AgentProcess;
import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An agent whose host is not what the spec says: after its first build, somebody replaced the JDK in its root file
 * systems by the one that runs this test, and it builds again with that.
 */
public final class OtherJdkAgent {
    private OtherJdkAgent() {}

    public static void main(String[] arguments) {
        AgentProcess.run(arguments, Contaminated::new);
    }

    private record Contaminated(Builder honest) implements Builder {
        @Override
        public BuildResult build(BuildOrder order) throws InterruptedException, IOException {
            BuildResult first = honest.build(order);
            if (!(first instanceof BuildResult.Built)) {
                return first;
            }
            Path agent = order.directory();
            while (!Files.isDirectory(agent.resolve("roots"))) {
                agent = agent.getParent();
            }
            contaminate(agent.resolve("roots"));
            return honest.build(new BuildOrder(
                    order.spec(),
                    order.files(),
                    Files.createDirectory(order.directory().resolve("again"))));
        }

        private static void contaminate(Path roots) throws IOException, InterruptedException {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(roots)) {
                for (Path root : all) {
                    Path jvm = root.resolve("usr/lib/jvm");
                    if (Files.isDirectory(jvm)) {
                        run("rm", "-rf", jvm.resolve("java-17-openjdk-amd64").toString());
                        run(
                                "cp",
                                "-a",
                                System.getProperty("java.home"),
                                jvm.resolve("java-17-openjdk-amd64").toString());
                    }
                }
            }
        }

        private static void run(String... command) throws IOException, InterruptedException {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException("failed: " + String.join(" ", command));
            }
        }
    }
}
