package org.soebm.examples.linearcosts;

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
}
