package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import svasim.kernel.Site;

class SiteWordsTest {
    /** Names of the sites that parts declare as constants. */
    private static Set<String> declared() throws ReflectiveOperationException {
        Set<String> names = new TreeSet<>();
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("svasim")) {
            for (JavaField constant : type.getFields()) {
                if (constant.getRawType().isEquivalentTo(Site.class)
                        && constant.getOwner().equals(type)
                        && constant.getModifiers()
                                .contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)) {
                    Field field = constant.reflect();
                    field.setAccessible(true);
                    names.add(((Site) field.get(null)).name());
                }
            }
        }
        return names;
    }

    @Test
    void shouldHaveWordsForEverySite() throws ReflectiveOperationException {
        Set<String> sites = declared();
        assertTrue(sites.contains("os.preempt"), sites.toString());

        sites.removeIf(SiteWords::cover);

        assertEquals(Set.of(), sites, "sites without words");
    }
}
