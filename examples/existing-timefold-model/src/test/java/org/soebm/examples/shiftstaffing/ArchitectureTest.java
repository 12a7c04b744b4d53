package org.soebm.examples.shiftstaffing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.soebm.api.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.soebm", importOptions = ArchitectureRules.MainCode.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rules = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule moduleIsChecked = ArchitectureRules.covers(ArchitectureRules.EXAMPLES);

    /** The store's model is as it was before anything was learned. */
    @ArchTest
    static final ArchRule existingModelKnowsNothingOfLearning = noClasses()
            .that()
            .resideInAPackage("org.soebm.examples.shiftstaffing.existing")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.soebm.api..",
                    "org.soebm.runtime..",
                    "org.soebm.timefold..",
                    "org.soebm.examples.shiftstaffing",
                    "ai.djl..");
}
