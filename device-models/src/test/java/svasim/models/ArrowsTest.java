package svasim.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A model reaches the machine only through the host that it is given. */
@AnalyzeClasses(packages = "svasim.models", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    @ArchTest
    static final ArchRule modelsShouldNotSeeTheUnitsBehindTheirHost =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("svasim.machine..", "svasim.check..", "svasim.iommu..");

    @ArchTest
    static final ArchRule modelsShouldNotSeeEachOther =
            slices().matching("svasim.models.(*)..").should().notDependOnEachOther();
}
