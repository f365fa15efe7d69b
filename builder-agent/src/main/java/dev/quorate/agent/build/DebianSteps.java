package dev.quorate.agent.build;

import dev.quorate.spec.LockedFile;
import dev.quorate.spec.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code dpkg-source -x} and {@code dpkg-buildpackage} over the only {@code .dsc} among the sources. */
final class DebianSteps implements RecipeSteps {
    private static final String SCRIPT = """
            mkdir -p "${2%/*}"
            dpkg-source --no-check -x "$1" "$2"
            cd "$2"
            exec dpkg-buildpackage --sanitize-env -us -uc -b -rfakeroot
            """;

    @Override
    public Plan prepare(Workspace workspace, Path root) throws IOException, UnbuildableException {
        List<LockedFile> sources = workspace.spec().locked(LockedFile.Role.SOURCE);
        List<LockedFile> descriptions = sources.stream()
                .filter(file -> file.path().text().endsWith(".dsc"))
                .toList();
        if (descriptions.size() != 1) {
            throw UnbuildableException.spec(
                    "a debian build needs exactly one .dsc among its sources, not " + descriptions.size());
        }
        for (LockedFile source : sources) {
            workspace.copy(source, source.path().below(workspace.inputs()));
        }
        Recipe recipe = workspace.spec().recipe();
        String directory = recipe.directory();
        return new Plan(
                SCRIPT,
                List.of("/inputs/" + descriptions.getFirst().path(), directory),
                Plan.variables(Map.of(), recipe.variables()),
                directory.substring(0, directory.lastIndexOf('/')));
    }
}
