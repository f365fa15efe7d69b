package dev.quorate.cli;

import dev.quorate.json.MalformedException;
import java.io.IOException;

/** One command of the command line. */
public interface Command {
    /** What it accepts. */
    Syntax syntax();

    /**
     * Does the work.
     *
     * @throws RefusedException for wrong usage, configuration or input
     * @throws MalformedException for a file that does not have its format
     */
    Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, IOException, InterruptedException;
}
