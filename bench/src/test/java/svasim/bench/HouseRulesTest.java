package svasim.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of style that hold in every module. */
@AnalyzeClasses(packages = "svasim", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    /** Types that make a constant changeable. */
    private static final Set<String> CHANGEABLE =
            Set.of(
                    "java.util.ArrayList",
                    "java.util.HashMap",
                    "java.util.HashSet",
                    "java.util.LinkedHashMap",
                    "java.util.TreeMap",
                    "java.util.EnumMap",
                    "java.util.concurrent.ConcurrentHashMap",
                    "java.util.concurrent.atomic.AtomicInteger",
                    "java.util.concurrent.atomic.AtomicLong",
                    "java.lang.StringBuilder",
                    "java.lang.ThreadLocal");

    @ArchTest
    static final ArchRule noStaticFieldShouldChange =
            fields().that()
                    .areStatic()
                    .and()
                    .doNotHaveModifier(SYNTHETIC)
                    .and(describe("are ours", HouseRulesTest::isOurs))
                    .should()
                    .beFinal()
                    .andShould()
                    .notHaveRawType(
                            describe("changeable", type -> CHANGEABLE.contains(type.getName())));

    @ArchTest
    static final ArchRule noModelShouldReadAClockOrForeignRandomNumbers =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "svasim.units..",
                            "svasim.kernel..",
                            "svasim.trace..",
                            "svasim.stats..",
                            "svasim.memory..",
                            "svasim.paging..",
                            "svasim.pcie..",
                            "svasim.iommu..",
                            "svasim.cpu..",
                            "svasim.os..",
                            "svasim.check..",
                            "svasim.device..",
                            "svasim.machine..",
                            "svasim.models..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "identityHashCode", Object.class)
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Random.class)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.time..", "java.util.concurrent..");

    private static boolean isOurs(JavaField field) {
        return !field.getOwner().getPackageName().contains("jmh_generated");
    }

    @Test
    void everyPackageShouldSayWhatItHolds() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            List<Path> silent =
                    files.filter(file -> file.toString().contains("/src/main/java/"))
                            .filter(file -> file.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct()
                            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                            .sorted()
                            .toList();
            assertEquals(List.of(), silent);
        }
    }
}
