package dev.quorate.cli.demo;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code quorate demo}. */
public final class DemoCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("demo")
                .with(
                        Option.optional("builders", "M"),
                        Option.optional("threshold", "N"),
                        Option.optional("spec", "FILE"),
                        Option.optional("isolation", "auto|container|vm"),
                        Option.optional("dir", "DIR"),
                        Option.flag("keep"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        Plan plan = Plan.of(arguments, here);
        requireTools(plan);
        PrintStream out = arguments.has("json") ? here.err() : here.out();
        var story = new Story(out, here.clock());
        out.println("Quorate demo: " + plan.builders() + " builders, " + plan.threshold() + " operators must agree, in "
                + plan.directory());
        Demo.Ending ending = new Demo(plan, story, new Shell(plan.directory(), story, here, out)).tell();
        if (plan.leftover() == Plan.Leftover.RESULTS) {
            new Workspace(plan.directory()).keepResultsOnly();
        }
        Json.Obj json = Json.object()
                .put(
                        "artifact",
                        plan.directory()
                                .resolve("out")
                                .resolve(ending.artifact())
                                .toString())
                .put("sha256", ending.sha256().hex())
                .put("honest", ending.honest().number())
                .put("corrupted", ending.corrupted().number())
                .put("verify", verifyLine(plan, ending, here))
                .build();
        boolean told = ending.honest() == ExitCode.OK && ending.corrupted() == ExitCode.NEGATIVE;
        return new Answer(
                told ? dev.quorate.cli.Ending.POSITIVE : dev.quorate.cli.Ending.NEGATIVE,
                json,
                closing(plan, ending, here, story));
    }

    /** The launcher installs what a build needs, or says what is missing; only for a demo that can be told. */
    private static void requireTools(Plan plan) throws RefusedException, IOException, InterruptedException {
        // Standard output is the answer's.
        int code = new ProcessBuilder(plan.launcher().toString(), "demo-tools", plan.isolation())
                .inheritIO()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new RefusedException("the demo needs tools that are not here; see above");
        }
    }

    private static List<String> closing(Plan plan, Demo.Ending ending, Surroundings here, Story story) {
        String zones = "The " + plan.builders() + " operators and zones are names only: ";
        return List.of(
                "",
                "== What one machine cannot show",
                "   " + zones + "all agents ran here, under one kernel, one CPU and one administrator.",
                "   No host was attested, nobody witnessed the log, and the time is the coordinator's word;",
                "   the policy says so with `hosts: none` and `witnesses: 0`.",
                "",
                "== Try it: run this, change a byte of the artifact, run it again",
                verifyLine(plan, ending, here),
                "",
                "Done in " + story.sinceTheBeginning() + ". Honest round: exit "
                        + ending.honest().number() + ". Corrupted round: "
                        + (ending.corrupted() == ExitCode.NEGATIVE ? "CONTESTED, exit " : "exit ")
                        + ending.corrupted().number() + ".");
    }

    static String verifyLine(Plan plan, Demo.Ending ending, Surroundings here) {
        Path out = plan.directory().resolve("out");
        Path launcher = plan.launcher();
        String quorate = launcher.getParent().equals(here.directory()) ? "./quorate" : launcher.toString();
        Path shown = out.startsWith(here.directory()) ? here.directory().relativize(out) : out;
        String artifact = shown.resolve(ending.artifact()).toString();
        return ShellWords.line(List.of(
                quorate,
                "verify",
                artifact,
                "--kit",
                artifact + ".sigstore.jsonl",
                "--trust",
                shown.resolve("trust.json").toString(),
                "--policy",
                shown.resolve("policy.yaml").toString()));
    }
}
