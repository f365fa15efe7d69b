package dev.quorate.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The one direction in which the modules and their packages may know each other. */
@AnalyzeClasses(packages = "dev.quorate", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
    private static final String[] SPECS = {
        "dev.quorate.digest..",
        "dev.quorate.json..",
        "dev.quorate.quantity..",
        "dev.quorate.deb822..",
        "dev.quorate.spec..",
        "dev.quorate.inputs..",
        "dev.quorate.lock..",
        "dev.quorate.imports..",
        "dev.quorate.tpm..",
        "dev.quorate.key.."
    };
    private static final String[] PURE = {
        "dev.quorate.dsse..",
        "dev.quorate.intoto..",
        "dev.quorate.round..",
        "dev.quorate.proof..",
        "dev.quorate.policy..",
        "dev.quorate.trust..",
        "dev.quorate.identity..",
        "dev.quorate.host..",
        "dev.quorate.tally..",
        "dev.quorate.log..",
        "dev.quorate.kit..",
        "dev.quorate.certificate..",
        "dev.quorate.verify..",
        "dev.quorate.export..",
        "dev.quorate.time.."
    };
    private static final String[] AGENT = {"dev.quorate.agent.."};
    private static final String[] COORDINATOR = {"dev.quorate.coordinator.."};
    private static final String[] COMMAND_LINE = {"dev.quorate.cli.."};

    @ArchTest
    static final ArchRule specsKnowNobody = noClasses()
            .that()
            .resideInAnyPackage(SPECS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(PURE, AGENT, COORDINATOR, COMMAND_LINE));

    @ArchTest
    static final ArchRule attestationsKnowOnlySpecs = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(AGENT, COORDINATOR, COMMAND_LINE));

    @ArchTest
    static final ArchRule agentAndCoordinatorAndCommandLineAreStrangers = noClasses()
            .that()
            .resideInAnyPackage(AGENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(COORDINATOR, COMMAND_LINE));

    @ArchTest
    static final ArchRule coordinatorKnowsNoAgent = noClasses()
            .that()
            .resideInAnyPackage(COORDINATOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(AGENT, COMMAND_LINE));

    @ArchTest
    static final ArchRule commandLineKnowsNoServer = noClasses()
            .that()
            .resideInAnyPackage(COMMAND_LINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(AGENT, COORDINATOR));

    @ArchTest
    static final ArchRule attestationsTouchNoFileNetworkOrLogger = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(DescribedPredicate.describe("reach outside", ModuleRulesTest::reachesOutside));

    @ArchTest
    static final ArchRule attestationsHaveNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class);

    @ArchTest
    static final ArchRule pureAttestationsKnowOnlyPurePartsOfSpecs = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.quorate.inputs..", "dev.quorate.lock..", "dev.quorate.tpm..", "dev.quorate.key..");

    @ArchTest
    static final ArchRule theVerifyPathOpensNoSocket = noClasses()
            .that()
            .haveFullyQualifiedName("dev.quorate.cli.verify.VerifyCommand")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "dev.quorate.cli.coordinator..");

    @ArchTest
    static final ArchRule onlyTimeStampsNeedBouncyCastle = noClasses()
            .that()
            .resideInAnyPackage(concat(SPECS, PURE))
            .and()
            .resideOutsideOfPackage("dev.quorate.time..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule onlyTheCoordinatorJudgesIdentitiesOfSigstore = noClasses()
            .that()
            .resideOutsideOfPackage("dev.quorate.coordinator.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sigstore..");

    @ArchTest
    static final ArchRule packagesOfAttestationsHaveNoCycles = slices().matching(
                    "dev.quorate.(log|kit|verify|tally|certificate|trust|policy|host|time)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static void everyPackageBelongsToOneModule(JavaClasses all) {
        classes()
                .should()
                .resideInAnyPackage(concat(SPECS, PURE, AGENT, COORDINATOR, COMMAND_LINE))
                .check(all);
    }

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils?|Helper|Service|Base)")
            .orShould()
            .resideInAnyPackage("..common..", "..util..", "..helper..");

    private static boolean reachesOutside(JavaClass type) {
        String name = type.getPackageName();
        boolean files = name.startsWith("java.nio.file")
                && !List.of("java.nio.file.Path").contains(type.getFullName());
        boolean streams = List.of(
                        "java.io.File",
                        "java.io.FileInputStream",
                        "java.io.FileOutputStream",
                        "java.lang.ProcessBuilder")
                .contains(type.getFullName());
        boolean network = name.startsWith("java.net") && !type.getFullName().equals("java.net.URI");
        return files || streams || network || name.startsWith("org.slf4j") || name.startsWith("java.util.logging");
    }

    private static String[] concat(String[]... lists) {
        return java.util.Arrays.stream(lists).flatMap(java.util.Arrays::stream).toArray(String[]::new);
    }

    /** The rules above would hold over nothing at all. */
    @ArchTest
    static void thereIsSomethingToJudge(JavaClasses all) {
        if (new ClassFileImporter().importPackages("dev.quorate.tally").isEmpty() || all.size() < 200) {
            throw new AssertionError("the class path of this test lacks the modules");
        }
    }
}
