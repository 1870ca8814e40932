package svasim;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The floors of the simulator: a package uses floors below it only. */
@AnalyzeClasses(packages = "svasim", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {
    private static final List<List<String>> FLOORS =
            List.of(
                    List.of("units", "words", "layout"),
                    List.of("kernel"),
                    List.of("trace", "stats"),
                    List.of("memory"),
                    List.of("paging"),
                    List.of("pcie"),
                    List.of("iommu"),
                    List.of("cpu"),
                    List.of("os"),
                    List.of("check"),
                    List.of("device"),
                    List.of("guest"),
                    List.of("machine"));

    @ArchTest
    static final ArchRule packagesShouldFormNoCycle =
            slices().matching("svasim.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule iommuUnitsShouldShareCoreOnly =
            slices().matching("svasim.iommu.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            describe("any unit", c -> true),
                            describe("core", c -> c.getPackageName().equals("svasim.iommu.core")));

    @ArchTest static final ArchRule nothingShouldPrint = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static void shouldUseFloorsBelowOnly(JavaClasses classes) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            int number = floor;
            noClasses()
                    .that(describe("stand on floor " + floor, c -> floorOf(c) == number))
                    .should()
                    .dependOnClassesThat(describe("stand above it", c -> floorOf(c) > number))
                    .because("a package uses floors below it only")
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static void shouldKeepNeighboursOnOneFloorApart(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("svasim.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("svasim.stats..")
                .check(classes);
    }

    @ArchTest
    static void shouldGiveEveryClassAFloor(JavaClasses classes) {
        for (JavaClass type : classes) {
            assertTrue(floorOf(type) >= 0, () -> type.getName() + " stands on no floor");
        }
    }

    /** Number of the class's floor, or -1 for a class that is not ours. */
    private static int floorOf(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (parts[0].equals("svasim")
                    && parts.length > 1
                    && FLOORS.get(floor).contains(parts[1])) {
                return floor;
            }
        }
        return -1;
    }
}
