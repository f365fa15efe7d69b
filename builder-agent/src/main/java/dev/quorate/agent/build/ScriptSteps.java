package dev.quorate.agent.build;

import dev.quorate.agent.unpack.Archive;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.Recipe;
import dev.quorate.spec.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The maintainer's own script over the sources, which lie in the recipe's directory as the spec names them. */
final class ScriptSteps implements RecipeSteps {
    private static final String OUT = "/build/out";

    @Override
    public Plan prepare(Workspace workspace, Path root) throws IOException, UnbuildableException {
        Path directory = workspace.recipeDirectory();
        Map<String, Path> trees = new HashMap<>();
        for (Source source : workspace.spec().sources()) {
            if (source instanceof Source.Git git) {
                trees.put(git.into().text() + ".tar", git.into().below(directory));
            } else if (source instanceof Source.Inline inline) {
                workspace.write(inline.path(), directory, inline.text());
            }
        }
        for (LockedFile file : workspace.spec().locked(LockedFile.Role.SOURCE)) {
            String path = file.path().text();
            if (trees.containsKey(path)) {
                workspace.unpack(file, trees.get(path), Archive.Top.KEEP);
            } else {
                workspace.copy(file, file.path().below(directory));
            }
        }
        Files.createDirectories(workspace.outside(OUT));
        Recipe recipe = workspace.spec().recipe();
        return new Plan(
                "cd '" + recipe.directory() + "'\nexec /bin/sh -eu -c \"$1\" script",
                List.of(recipe.script()),
                Plan.variables(Map.of("OUT", OUT), recipe.variables()),
                OUT);
    }
}
