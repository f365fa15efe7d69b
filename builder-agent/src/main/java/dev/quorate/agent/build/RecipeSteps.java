package dev.quorate.agent.build;

import java.io.IOException;
import java.nio.file.Path;

/** Lays a recipe's inputs into a workspace. */
interface RecipeSteps {
    /**
     * Fills the workspace.
     *
     * @param root the build's root file system, to look into
     */
    Plan prepare(Workspace workspace, Path root) throws IOException, UnbuildableException;
}
