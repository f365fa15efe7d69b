package dev.quorate.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.json.MalformedException;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.Recipe;
import dev.quorate.spec.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImporterTest {
    private static final String COMMIT = "6ac0c52f7e6b3f0d6f5f6f3f1a0b9c8d7e6f5a4b";

    @Test
    void findsTheFormatByWhatIsInTheRecord() throws Exception {
        for (String name : List.of("record", "x.buildinfo", ".BUILDINFO", "x.json")) {
            assertTrue(imported(name, Records.DEBIAN).startsWith("# From Debian's"));
            assertTrue(imported(name, Records.ARCH).startsWith("# From Arch's"));
            assertTrue(imported(name, Records.STATEMENT).startsWith("# From SLSA"));
        }
        assertTrue(imported("record", Records.CENTRAL).startsWith("# From Reproducible Central's"));
        assertTrue(
                imported("x.buildspec", Records.CENTRAL.replace("\n", "\r\n")).contains("widgets"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "\u0000\u0001", "<xml/>"})
    void refusesWhatIsNoRecord(String text) {
        refused("x", text, "x: is none of the records");
    }

    @Test
    void refusesWhatIsTooLongOrNotText() {
        byte[] long4 = new byte[Importer.MAX_BYTES + 1];
        assertThrows(MalformedException.class, () -> Importer.of("x", long4));
        assertThrows(MalformedException.class, () -> Importer.of("x", new byte[] {(byte) 0xff}));
    }

    @Test
    void archIsCompleteButForTheAddressOfItsRecipe() throws Exception {
        String yaml = imported(".BUILDINFO", Records.ARCH);
        open(yaml, "sources[0].url");
        RebuildSpec spec = read(yaml.replace("\"url\":null", "\"url\":\"https://example.org/PKGBUILD\""));
        assertEquals("tree@1:2.1.1-2", spec.release().toString());
        assertEquals("/build/tree", spec.recipe().directory());
        assertEquals(
                Map.of("PACKAGER", "Jane Doe <jane@example.org>", "SOURCE_DATE_EPOCH", "1700000000"),
                spec.recipe().variables());
        assertEquals(
                "tree-lib-1:2.1.1-2-x86_64.pkg.tar.zst",
                spec.outputs().getFirst().text());
        assertTrue(((Source.Url) spec.sources().getFirst()).sha256().hex().startsWith("b5bb9d80"));
        assertTrue(yaml.contains("#   gcc-13.2.1-3-x86_64\n"), yaml);
    }

    @ParameterizedTest
    @CsvSource({
        "format = 2, format = 3, 1 and 2 are read",
        "pkgarch = x86_64, pkgarch = i486, no builders",
        "pkgbase = tree, pkgbase = ../tree, has the pkgbase",
        "builddate = 1700000000, builddate = now, has the builddate",
        "builddir = /build, builddir, .BUILDINFO:9: is not a line",
        "pkgver = 1:2.1.1-2, pkgname = x, has 2 lines pkgname",
        "pkgbuild_sha256sum = b5, pkgbuild_sha256sum = SKIP, that is none"
    })
    void archRefuses(String find, String replace, String message) {
        refused(".BUILDINFO", Records.ARCH.replace(find, replace), message);
    }

    @Test
    void centralIsCompleteButForTheCommit() throws Exception {
        String yaml = imported("widgets.buildspec", Records.CENTRAL);
        open(yaml, "a Git commit is 40 lower-case hex digits; tags and branches move");
        assertTrue(
                yaml.contains("git ls-remote https://git.example.org/apache/widgets.git"
                        + " 'refs/tags/widgets-3.1.0^{}' refs/tags/widgets-3.1.0\n"),
                yaml);
        RebuildSpec spec = read(yaml.replace(".git#", ".git#" + COMMIT));
        assertEquals("widgets@3.1.0", spec.release().toString());
        assertEquals("bookworm", spec.environment().suite());
        assertEquals(List.of("openjdk-17-jdk-headless"), spec.environment().packages());
        assertEquals(Recipe.Kind.MAVEN, spec.recipe().kind());
        assertEquals(
                List.of("-Prelease", "clean", "package", "-DskipTests", "-Dgpg.skip"),
                spec.recipe().arguments());
        assertEquals("widgets-3.1.0.jar", spec.outputs().getFirst().text());
        assertEquals(
                "pkg:maven/org.apache.maven/apache-maven@3.9.9?classifier=bin&type=tar.gz",
                ((Source.Packaged) spec.sources().getLast()).locator().toString());
        assertTrue(yaml.contains("#   umask: 022\n"), yaml);
        assertFalse(yaml.contains("issue"), yaml);
    }

    @Test
    void centralTakesACommandOfAsManyWordsAsARecordHolds() throws Exception {
        String yaml = imported("x.buildspec", Records.CENTRAL.replace(" -DskipTests", " -Da=b".repeat(8_000)));
        assertTrue(yaml.contains("-Da=b\",\"-Da=b"), yaml.substring(0, 2000));
    }

    @Test
    void centralTakesACommitThatTheRecordPins() throws Exception {
        String yaml = imported("x.buildspec", Records.CENTRAL.replace("$artifactId-${version}", COMMIT));
        assertTrue(read(yaml).sources().getFirst() instanceof Source.Git git
                && git.locator().commit().equals(COMMIT));
        assertFalse(yaml.contains("ls-remote"), yaml);
    }

    @Test
    void centralLeavesOpenWhatTheRecordLeavesOpen() throws Exception {
        String record = Records.CENTRAL.replace("tool=mvn-3.9.9", "tool=mvn").replace("$artifactId-${version}", COMMIT);
        open(imported("x.buildspec", record), "sources[1].package");
        open(imported("x.buildspec", Records.CENTRAL.replace("jdk=17", "jdk=latest")), "environment.debian");
        String archive = Records.CENTRAL.replace("gitRepo=", "sourceDistribution=");
        open(imported("x.buildspec", archive), "sources[0].sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvn -v && mvn package", "mvn -Dx='a b' package", "./gradlew jar", "mvn a;rm b", "mvn $x"})
    void centralMakesAScriptOfWhatIsNotOnePlainMvn(String command) throws Exception {
        String record = Records.CENTRAL
                .replace("$artifactId-${version}", COMMIT)
                .replaceAll(
                        "command=\"[^\"]*\"",
                        "command=\"" + Matcher.quoteReplacement(command.replace("$", "\\$")) + "\"");
        RebuildSpec spec = read(imported("x.buildspec", record));
        assertEquals(Recipe.Kind.SCRIPT, spec.recipe().kind());
        assertEquals("cd widgets-3.1.0\n" + command + "\n", spec.recipe().script());
    }

    @ParameterizedTest
    @CsvSource({
        "artifactId=widgets, artifactId=../x, has the artifactId",
        "version=3.1.0, version=, has the version",
        "jdk=17, jdk=$(id), x.buildspec:10: has a $ that is not just",
        "jdk=17, jdk=`id`, outside of quotation marks",
        "jdk=17, jdk=17; id, has ; outside of quotation marks",
        "jdk=17, 'jdk=17 id', goes on after a blank",
        "jdk=17, id, is not an assignment",
        "jdk=17, jdk=${jdk}, which is not assigned before",
        "jdk=17, version=17, version is assigned twice"
    })
    void centralRefuses(String find, String replace, String message) {
        refused("x.buildspec", Records.CENTRAL.replace(find, replace), message);
    }

    @Test
    void centralPutsNothingIntoAShellsHandsThatActsThere() throws Exception {
        for (String tag : List.of("'a;id'", "\"a'b\"", "'$(id)'", "'a`id`'")) {
            String yaml = imported("x.buildspec", Records.CENTRAL.replace("$artifactId-${version}", tag));
            assertFalse(yaml.contains("ls-remote"), yaml);
        }
        String host = Records.CENTRAL.replace("https://git", "'https://;id;'git");
        assertFalse(imported("x.buildspec", host).contains("ls-remote"));
    }

    @Test
    void slsaGivesSourcesAndOutputsAndSaysThatNobodyVerifiedIt() throws Exception {
        String plain = imported("x.json", Records.STATEMENT);
        String envelope = imported("x.json", Records.envelope(Records.STATEMENT));
        String bundle = imported("x.json", "{\"dsseEnvelope\":" + Records.envelope(Records.STATEMENT) + "}\n");
        assertTrue(plain.contains("# It is a claim, which nobody signed: check it"), plain);
        assertTrue(envelope.contains("# It is a claim, whose signatures were not verified: check it"), envelope);
        assertEquals(envelope, bundle);
        assertEquals(plain.lines().skip(3).toList(), envelope.lines().skip(3).toList());
        open(plain, "environment");
        RebuildSpec spec = read(plain.replace("environment: null", "environment: {debian: bookworm}")
                .replace("\"script\":null", "\"script\":\"make\""));
        assertEquals("left@1.2.0", spec.release().toString());
        assertEquals(
                List.of("scope-left-1.2.0.tgz", "left.tgz"),
                spec.outputs().stream().map(Object::toString).toList());
        assertEquals(
                Stream.of("git+https://git.example.org/scope/left.git#" + COMMIT, "https://example.org/data.tar.gz")
                        .toList(),
                spec.sources().stream()
                        .map(source -> source instanceof Source.Git git
                                ? git.locator().toString()
                                : ((Source.Url) source).locator().toString())
                        .toList());
        assertTrue(plain.contains("#   pkg:deb/debian/gcc@12 x\n"), plain);
    }

    @Test
    void slsaLeavesOpenWhatTheRecordLeavesOpen() throws Exception {
        String bare = Records.STATEMENT
                .replace("pkg:npm/%40scope/left@1.2.0", "a/../b")
                .replace("left.tgz", "");
        String yaml = imported("x.json", bare.replace("resolvedDependencies", "dependencies"));
        for (String name : List.of("name", "version", "environment", "sources", "outputs")) {
            assertTrue(yaml.contains("\n" + name + ": null\n"), yaml);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "in-toto.io/Statement/v1, in-toto.io/Statement/v9, x.json: _type: must be https://in-toto.io/Statement/v1",
        "slsa.dev/provenance/v1, slsa.dev/provenance/v0.2, predicateType: must be https://slsa.dev/provenance/v1",
        "buildDefinition, other, buildDefinition: is missing",
        "'\"buildType\": \"', '\"buildType\": 1, \"b\": \"', must be text"
    })
    void slsaRefuses(String find, String replace, String message) {
        refused("x.json", Records.STATEMENT.replace(find, replace), message);
        refused("x.json", Records.envelope(Records.STATEMENT.replace(find, replace)), message);
    }

    @Test
    void slsaRefusesOtherEnvelopes() {
        String good = Records.envelope(Records.STATEMENT);
        refused("x", good.replace("in-toto+json", "other"), "payloadType: must be application/vnd.in-toto+json");
        refused("x", good.replace("\"payload\":\"", "\"payload\":\"!"), "payload: must be base64");
        refused("x", good + "\n" + good, "something follows the JSON value");
    }

    private static void open(String yaml, String message) {
        var e = assertThrows(MalformedException.class, () -> read(yaml));
        assertTrue(e.getMessage().contains(message), e.getMessage() + "\n" + yaml);
    }

    private static void refused(String name, String text, String message) {
        var e = assertThrows(MalformedException.class, () -> imported(name, text));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static RebuildSpec read(String yaml) throws MalformedException {
        return RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "draft");
    }

    private static String imported(String name, String text) throws MalformedException {
        return Importer.of(name, text.getBytes(StandardCharsets.UTF_8)).spec();
    }
}
