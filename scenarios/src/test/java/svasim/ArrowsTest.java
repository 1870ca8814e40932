package svasim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Scenarios name models, but the code that reads them knows none. */
@AnalyzeClasses(packages = "svasim", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    @ArchTest
    static final ArchRule nothingShouldNameAModel =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("svasim.models..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("svasim.models..");

    @ArchTest
    static final ArchRule packagesShouldFormNoCycle =
            slices().matching("svasim.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingShouldDependOnTheCommandLine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("svasim.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("svasim.cli..", "picocli..");
}
