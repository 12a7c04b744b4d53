package org.soebm.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.soebm.api.architecture.ArchitectureRules;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.OfflineEngine;

@AnalyzeClasses(packages = "org.soebm", importOptions = ArchitectureRules.MainCode.class)
class ArchitectureTest {
    private static final Set<String> LOAD_THE_ENGINE = Set.of(
            Engine.class.getName() + ".getInstance", Engine.class.getName() + ".getEngine",
            Model.class.getName() + ".newInstance", NDManager.class.getName() + ".newBaseManager");

    @ArchTest
    static final ArchTests rules = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule moduleIsChecked = ArchitectureRules.covers(ArchitectureRules.RUNTIME);

    /** Else DJL would look for the network when the runtime is called as a library. */
    @ArchTest
    static final ArchRule theEngineIsLoadedThroughOfflineEngineOnly = noClasses()
            .that()
            .resideInAPackage("org.soebm.runtime..")
            .and()
            .doNotBelongToAnyOf(OfflineEngine.class, GaussianPredictor.class)
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "it loads the engine",
                    call -> LOAD_THE_ENGINE.contains(call.getTargetOwner().getName() + "." + call.getName())));
}
