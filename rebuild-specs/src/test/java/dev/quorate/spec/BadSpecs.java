package dev.quorate.spec;

/** Specs with one thing wrong each, and what the message must say about it. */
enum BadSpecs {
    FORMAT(Specs.DEBIAN, "rebuild/v1", "rebuild/v2", "spec.yaml:1: format: must be quorate/rebuild/v1"),
    MISSING(Specs.DEBIAN, "name: debvm\n", "", "name: is missing"),
    UNKNOWN(Specs.DEBIAN, "name: debvm", "nmae: x\nname: debvm", "spec.yaml:2: nmae: is not known here"),
    UNKNOWN_DEEP(Specs.DEBIAN, "time: 20m", "time: 20m, cpus: 2", "limits.cpus: is not known here"),
    NAME(Specs.DEBIAN, "name: debvm", "name: ../debvm", "spec.yaml:2: name: a release name"),
    VERSION(Specs.DEBIAN, "version: 0.2.10", "version: -0.2.10", "spec.yaml:3: version: a version is"),
    VERSION_NUMBER(Specs.MAVEN, "\"1.0\"", "10", "spec.yaml:3: version: must be text"),
    PLATFORM(Specs.DEBIAN, "linux/amd64", "windows/amd64", "spec.yaml:4: platform: a platform is"),
    SUITE(Specs.DEBIAN, "bookworm", "bookworm-updates", "environment.debian: must be a Debian code name"),
    PACKAGE(Specs.MAVEN, "libstdc++6", "-o", "environment.packages[1]: must be a Debian package name"),
    SOURCE_KIND(Specs.DEBIAN, "- package", "- packge", "sources[0]: must have one of"),
    SOURCE_TWO(Specs.SCRIPT, "inline: hello.c", "inline: hello.c\n    into: x", "sources[0].into: is not known here"),
    SOURCE_FILE(
            Specs.SCRIPT,
            "inline: hello.c",
            "inline: ../hello.c",
            "spec.yaml:7: sources[0].inline: must be a relative"),
    GIT_TAG(Specs.MAVEN, "#0123456789", "#v", "sources[1].git: a Git commit is 40"),
    NO_SOURCES(
            Specs.SCRIPT,
            "sources:\n  - inline: hello.c\n    text: \"int main(void) { return 0; }\\n\"",
            "sources: []",
            "sources: must name at least one source"),
    KIND(Specs.DEBIAN, "kind: debian", "kind: make", "spec.yaml:9: build.kind: must be debian, maven or script"),
    DIRECTORY(Specs.DEBIAN, "/build/reproducible-path/", "/build/../etc/", "build.directory: must be an absolute path"),
    DIRECTORY_OUTSIDE(Specs.SCRIPT, "/build/hello", "/home/hello", "build.directory: must be an absolute path below"),
    VARIABLE(Specs.DEBIAN, "DEB_BUILD_OPTIONS", "DEB-BUILD", "build.variables.DEB-BUILD: is not a name"),
    VARIABLE_NUMBER(Specs.DEBIAN, "nocheck parallel=2}", "1}", "build.variables.DEB_BUILD_OPTIONS: must be text"),
    SCRIPT_OF_DEBIAN(Specs.DEBIAN, "kind: debian", "kind: debian\n  script: id", "build.script: is not known here"),
    NO_OUTPUTS(Specs.SCRIPT, "[hello]", "[]", "outputs: must name at least one output"),
    OUTPUT(Specs.SCRIPT, "[hello]", "[/etc/passwd]", "outputs[0]: must be a relative path"),
    TIME(Specs.DEBIAN, "time: 20m", "time: 0m", "limits.time: must be a length of time"),
    MEMORY(Specs.DEBIAN, "2GiB", "2GB", "limits.memory: must be an amount of bytes"),
    ROLE(Specs.LOCKED, "role: source", "role: tool", "spec.yaml:16: locked[1].role: must be environment"),
    SIZE(Specs.LOCKED, "size: 1,", "size: -1,", "locked[0].size: must be an integer from 0"),
    SIZE_TEXT(Specs.LOCKED, "size: 1,", "size: '1',", "locked[0].size: must be an integer from 0"),
    DIGEST(Specs.LOCKED, "sha256: ", "sha256: 0", "locked[0].sha256: a SHA-256 digest is 64"),
    TWICE(
            Specs.LOCKED,
            "role: source, path: debvm.dsc",
            "role: environment, path: b_1_all.deb",
            "locked: has two files for the path b_1_all.deb");

    private final String yaml;
    private final String message;

    BadSpecs(Specs good, String find, String replace, String message) {
        if (!good.yaml().contains(find)) {
            throw new IllegalStateException(name() + " changes nothing");
        }
        this.yaml = good.yaml().replace(find, replace);
        this.message = message;
    }

    String yaml() {
        return yaml;
    }

    String message() {
        return message;
    }
}
