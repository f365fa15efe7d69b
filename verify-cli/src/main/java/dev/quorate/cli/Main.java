package dev.quorate.cli;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads a command line, runs the command, prints its answer and says by the exit code how it went. */
public final class Main {
    private final Surroundings here;

    /** A command line in the given surroundings. */
    public Main(Surroundings here) {
        this.here = here;
    }

    /** The process. */
    public static void main(String[] args) {
        ExitCode code = new Main(Surroundings.ofProcess()).run(args);
        System.exit(code.number());
    }

    /** Runs one command line to its end; nothing is thrown. */
    public ExitCode run(String... args) {
        try {
            return dispatch(List.of(args));
        } catch (RefusedException | MalformedException e) {
            return complain(args, ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return complain(args, ExitCode.UNDECIDED, "interrupted before there was an answer");
        } catch (Throwable e) {
            if (here.variable("QUORATE_DEBUG").isPresent()) {
                e.printStackTrace(here.err());
            }
            String what = e.getClass().getSimpleName() + ": " + Printable.of(String.valueOf(e.getMessage()));
            return complain(args, ExitCode.INTERNAL, "internal: " + what + " (QUORATE_DEBUG=1 shows where)");
        }
    }

    private ExitCode dispatch(List<String> words)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        if (words.isEmpty()) {
            here.err().print(Help.text("quorate"));
            return ExitCode.USAGE;
        }
        if (asksHelp(words.getFirst()) || words.getFirst().equals("help")) {
            return tell(Help.answer(words.size() > 1 ? words.get(1) : "quorate"), words);
        }
        if (words.getFirst().equals("--version")) {
            return tell(Version.answer(), words);
        }
        if (words.size() > 1 && asksHelp(words.get(1))) {
            return tell(Help.answer(words.getFirst()), words);
        }
        Commands.Found found = Commands.find(words);
        Arguments arguments = Arguments.read(found.command().syntax(), found.rest());
        if (arguments.has("help")) {
            return tell(Help.answer(words.getFirst()), found.rest());
        }
        return tell(found.command().run(arguments, here), found.rest());
    }

    private static boolean asksHelp(String word) {
        return word.equals("--help") || word.equals("-h");
    }

    private ExitCode tell(Answer answer, List<String> words) {
        String text = wantsJson(words) ? CanonicalJson.write(answer.json()) : String.join("\n", answer.lines());
        // One write: a reader that wants only the first line and leaves does no harm.
        here.out().print(text + "\n");
        here.out().flush();
        if (here.out().checkError()) {
            here.err().println("quorate: standard output cannot be written, so the answer is lost");
            return ExitCode.INTERNAL;
        }
        return switch (answer.ending()) {
            case POSITIVE -> ExitCode.OK;
            case NEGATIVE -> ExitCode.NEGATIVE;
            case UNDECIDED -> ExitCode.UNDECIDED;
            case BAD_INPUT -> ExitCode.USAGE;
        };
    }

    private ExitCode complain(String[] args, ExitCode code, String sentence) {
        here.err().println("quorate: " + sentence);
        if (wantsJson(Arrays.asList(args))) {
            Json.Obj error = Json.object()
                    .put("error", sentence)
                    .put("exit", code.number())
                    .build();
            here.out().println(CanonicalJson.write(error));
            here.out().flush();
        }
        return code;
    }

    /** Options end at {@code --}: a file may be called {@code --json}. */
    private static boolean wantsJson(List<String> words) {
        int end = words.indexOf("--");
        return (end < 0 ? words : words.subList(0, end)).contains("--json");
    }
}
