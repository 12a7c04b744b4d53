package org.soebm.api.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.zip.ZipEntry;

/**
 * Dependencies point one way: examples → plugins and runtime → API.
 *
 * <p>A module checks the rules for itself and everything below it:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "org.soebm", importOptions = ArchitectureRules.MainCode.class)
 * class ArchitectureTest {
 *     @ArchTest
 *     static final ArchTests rules = ArchTests.in(ArchitectureRules.class);
 *
 *     @ArchTest
 *     static final ArchRule moduleIsChecked = ArchitectureRules.covers(ArchitectureRules.RUNTIME);
 * }
 * }</pre>
 *
 * A rule for other modules matches nothing where their classes are not on the class path, and passes; {@link #covers}
 * fails where the rules of a module itself would match nothing.
 */
public final class ArchitectureRules {

    public static final String API = "org.soebm.api..";
    public static final String RUNTIME = "org.soebm.runtime..";
    public static final String EXAMPLES = "org.soebm.examples..";
    public static final String ORTOOLS_PLUGIN = "org.soebm.ortools..";
    public static final String TIMEFOLD_PLUGIN = "org.soebm.timefold..";
    private static final String ORTOOLS = "com.google.ortools..";
    private static final String TIMEFOLD = "ai.timefold..";

    @ArchTest
    public static final ArchRule apiKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME, ORTOOLS_PLUGIN, TIMEFOLD_PLUGIN, EXAMPLES);

    @ArchTest
    public static final ArchRule apiKnowsNoEngineAndNoSolver = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl.pytorch..", ORTOOLS, TIMEFOLD);

    @ArchTest
    public static final ArchRule runtimeKnowsNoPluginAndNoSolver = noClasses()
            .that()
            .resideInAPackage(RUNTIME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ORTOOLS_PLUGIN, TIMEFOLD_PLUGIN, EXAMPLES, ORTOOLS, TIMEFOLD)
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule ortoolsPluginKnowsOnlyTheApi = noClasses()
            .that()
            .resideInAPackage(ORTOOLS_PLUGIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME, TIMEFOLD_PLUGIN, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule timefoldPluginKnowsOnlyTheApi = noClasses()
            .that()
            .resideInAPackage(TIMEFOLD_PLUGIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME, ORTOOLS_PLUGIN, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule packagesFormNoCycle =
            slices().matching("org.soebm.(**)").should().beFreeOfCycles();

    /** Bytes from outside must not choose classes; models, checkpoints and caches are numbers and JSON. */
    @ArchTest
    public static final ArchRule nothingIsDeserialised = noClasses()
            .that()
            .resideInAPackage("org.soebm..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.io\\.Object(Input|Output)Stream.*|java\\.beans\\.XML(Decoder|Encoder)|java\\.rmi\\..*");

    /** Plug-ins are found through service files alone. */
    @ArchTest
    public static final ArchRule noClassIsLoadedByName = noClasses()
            .that()
            .resideInAPackage("org.soebm..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "it loads a class by name",
                    call -> call.getName().equals("forName")
                                    && call.getTargetOwner().isEquivalentTo(Class.class)
                            || call.getName().matches("loadClass|defineClass|findClass")));

    /** So no name in an archive can lead out of a folder. */
    @ArchTest
    public static final ArchRule noArchiveIsUnpacked = noClasses()
            .that()
            .resideInAPackage("org.soebm..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(zip\\.Zip|jar\\.Jar)InputStream")
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "it asks for the name of an entry",
                    call -> call.getTargetOwner().isAssignableTo(ZipEntry.class)
                            && call.getName().matches("get(Real)?Name")));

    private ArchitectureRules() {}

    /** Fails where the packages hold no main class to check: a package was renamed, or the import filter is wrong. */
    public static ArchRule covers(String packages) {
        return classes().that().resideInAPackage(packages).should().resideInAPackage(packages);
    }

    /** Leaves out tests, those in the API's test-jar among them. */
    public static final class MainCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }
}
